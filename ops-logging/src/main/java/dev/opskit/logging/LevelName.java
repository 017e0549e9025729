package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The levels that can be asked for. Logback itself takes an unknown name for DEBUG. */
final class LevelName {
  private static final List<String> NAMES =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private LevelName() {}

  /** The level of that name in any case, or null if there is none. */
  static @Nullable Level find(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    return NAMES.contains(upper) ? Level.toLevel(upper) : null;
  }

  /** The level of that name, or an error that names the option. */
  static Level require(String option, String name) {
    Level level = find(name);
    if (level == null) {
      throw new IllegalArgumentException(complaint(option, name));
    }
    return level;
  }

  static String complaint(String option, String name) {
    return option + " is '" + name + "', must be TRACE, DEBUG, INFO, WARN, ERROR or OFF";
  }
}
