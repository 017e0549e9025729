package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Levels of loggers in one line: {@code org.hibernate=WARN,com.example=DEBUG}. */
final class LevelList {
  private LevelList() {}

  /** The levels by logger; an entry that is wrong is complained of and left out. */
  static Map<String, Level> parse(String option, String list, Consumer<String> complaints) {
    Map<String, Level> levels = new LinkedHashMap<>();
    for (String entry : list.split(",")) {
      if (entry.isBlank()) {
        continue;
      }
      int equals = entry.indexOf('=');
      String logger = equals < 0 ? "" : entry.substring(0, equals).trim();
      if (logger.isEmpty()) {
        complaints.accept(
            option + " has '" + entry.trim() + "', must be like com.example=DEBUG,org.other=WARN");
        continue;
      }
      String name = entry.substring(equals + 1).trim();
      Level level = LevelName.find(name);
      if (level == null) {
        complaints.accept(LevelName.complaint(option + " of " + logger, name));
      } else {
        levels.put(logger, level);
      }
    }
    return levels;
  }
}
