package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What operators set in the environment. A wrong setting is complained of and left out: it must not
 * keep a service from starting. Confined to one thread.
 */
final class EnvironmentSettings {
  private final Map<String, String> variables;
  private final List<String> complaints = new ArrayList<>();

  private EnvironmentSettings(Map<String, String> variables) {
    this.variables = variables;
  }

  static EnvironmentSettings of(Map<String, String> variables) {
    return new EnvironmentSettings(variables);
  }

  LogSettings override(LogSettings settings) {
    ServiceIdentity identity = settings.identity();
    Map<String, Level> levels = new LinkedHashMap<>(settings.levels());
    levels.putAll(
        LevelList.parse("LOG_LEVELS", variables.getOrDefault("LOG_LEVELS", ""), complaints::add));
    return new LogSettings(
        new ServiceIdentity(
            text("SERVICE_NAME", identity.service()),
            text("SERVICE_VERSION", identity.version()),
            text("SERVICE_ENVIRONMENT", identity.environment())),
        read("LOG_SCHEMA", settings.schema(), Schema::find, Schema::complaint),
        read("LOG_LEVEL", settings.level(), LevelName::find, LevelName::complaint),
        levels,
        settings.folder() == null ? null : folder(settings.folder()),
        read("LOG_CONSOLE", settings.console(), ConsoleFormat::find, ConsoleFormat::complaint),
        read("LOG_CONSOLE_LEVEL", settings.consoleLevel(), LevelName::find, LevelName::complaint),
        settings.combined(),
        settings.error(),
        List.copyOf(complaints));
  }

  private String text(String name, String otherwise) {
    String value = variables.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value;
  }

  private <T> T read(
      String name, T otherwise, Function<String, @Nullable T> find, Complaint complaint) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      return otherwise;
    }
    T found = find.apply(value);
    if (found == null) {
      complaints.add(complaint.of(name, value) + "; using " + otherwise);
      return otherwise;
    }
    return found;
  }

  private Path folder(Path otherwise) {
    return read("LOG_FOLDER", otherwise, EnvironmentSettings::path, EnvironmentSettings::noPath);
  }

  private static @Nullable Path path(String text) {
    try {
      return text.contains("%") ? null : Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String noPath(String option, String text) {
    return option + " is '" + text + "', must be a folder without '%' in its path";
  }

  private interface Complaint {
    String of(String option, String value);
  }
}
