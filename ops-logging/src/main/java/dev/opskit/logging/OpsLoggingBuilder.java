package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link OpsLogging}. Confined to one thread. */
public final class OpsLoggingBuilder {
  private String service = "unknown";
  private String version = "unknown";
  private String environment = "unknown";
  private String schema = "OPS";
  private String level = "INFO";
  private final Map<String, String> levels = new LinkedHashMap<>();
  private @Nullable Path folder = Path.of("logs");
  private ConsoleFormat console = ConsoleFormat.AUTO;
  private String consoleLevel = "TRACE";
  private RollingLimits combined =
      new RollingLimits(50 * RollingLimits.MEGABYTE, 14, 1_024 * RollingLimits.MEGABYTE);
  private RollingLimits error =
      new RollingLimits(50 * RollingLimits.MEGABYTE, 30, 500 * RollingLimits.MEGABYTE);
  private Map<String, String> variables = Map.of();
  private @Nullable LoggerContext context;

  OpsLoggingBuilder() {}

  /**
   * Names the service in each line.
   *
   * @param service default {@code unknown}; not blank
   * @return this
   */
  public OpsLoggingBuilder service(String service) {
    this.service = Objects.requireNonNull(service, "service");
    return this;
  }

  /**
   * Names the version of the service in each line.
   *
   * @param version default {@code unknown}; not blank
   * @return this
   */
  public OpsLoggingBuilder version(String version) {
    this.version = Objects.requireNonNull(version, "version");
    return this;
  }

  /**
   * Names the environment in each line, for example {@code production}.
   *
   * @param environment default {@code unknown}; not blank
   * @return this
   */
  public OpsLoggingBuilder environment(String environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
    return this;
  }

  /**
   * Chooses the names of the fields.
   *
   * @param schema {@code OPS} (default), {@code ECS} or {@code LOGSTASH}, in any case
   * @return this
   */
  public OpsLoggingBuilder schema(String schema) {
    this.schema = Objects.requireNonNull(schema, "schema");
    return this;
  }

  /**
   * The level of the root logger.
   *
   * @param level TRACE, DEBUG, INFO (default), WARN, ERROR or OFF, in any case
   * @return this
   */
  public OpsLoggingBuilder level(String level) {
    this.level = Objects.requireNonNull(level, "level");
    return this;
  }

  /**
   * The level of one logger and those below it.
   *
   * @param logger its name, not blank
   * @param level as in {@link #level(String)}
   * @return this
   */
  public OpsLoggingBuilder level(String logger, String level) {
    levels.put(Objects.requireNonNull(logger, "logger"), Objects.requireNonNull(level, "level"));
    return this;
  }

  /**
   * Where {@code combined.log} and {@code error.log} are written.
   *
   * @param folder default {@code logs}; made if it is absent; without {@code %}, which logback's
   *     rolling would read as a pattern
   * @return this
   */
  public OpsLoggingBuilder folder(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder");
    return this;
  }

  /**
   * Writes to the console only.
   *
   * @return this
   */
  public OpsLoggingBuilder withoutFiles() {
    this.folder = null;
    return this;
  }

  /**
   * What is written to the console.
   *
   * @param format default {@link ConsoleFormat#AUTO}
   * @return this
   */
  public OpsLoggingBuilder console(ConsoleFormat format) {
    this.console = Objects.requireNonNull(format, "format");
    return this;
  }

  /**
   * The lowest level on the console.
   *
   * @param level default TRACE; OFF for no console
   * @return this
   */
  public OpsLoggingBuilder consoleLevel(String level) {
    this.consoleLevel = Objects.requireNonNull(level, "level");
    return this;
  }

  /**
   * The size at which either file is rolled; it is rolled daily, too.
   *
   * @param bytes 1 KiB to 1 TiB, default 50 MiB
   * @return this
   */
  public OpsLoggingBuilder maxFileBytes(long bytes) {
    combined = combined.withMaxFileBytes(bytes);
    error = error.withMaxFileBytes(bytes);
    return this;
  }

  /**
   * What is kept of {@code combined.log} when it has been rolled.
   *
   * @param days 1 to 3,650, default 14
   * @param totalBytes from the size of one file to 1 TiB, default 1 GiB; of all rolled files, as
   *     compressed
   * @return this
   */
  public OpsLoggingBuilder keepCombined(int days, long totalBytes) {
    combined = new RollingLimits(combined.maxFileBytes(), days, totalBytes);
    return this;
  }

  /**
   * What is kept of {@code error.log} when it has been rolled.
   *
   * @param days 1 to 3,650, default 30
   * @param totalBytes from the size of one file to 1 TiB, default 500 MiB; of all rolled files, as
   *     compressed
   * @return this
   */
  public OpsLoggingBuilder keepError(int days, long totalBytes) {
    error = new RollingLimits(error.maxFileBytes(), days, totalBytes);
    return this;
  }

  /**
   * Lets operators have the last word, by the settings that {@code defaults.xml} knows: {@code
   * SERVICE_NAME}, {@code SERVICE_VERSION}, {@code SERVICE_ENVIRONMENT}, {@code LOG_LEVEL}, {@code
   * LOG_LEVELS}, {@code LOG_SCHEMA}, {@code LOG_FOLDER}, {@code LOG_CONSOLE} and {@code
   * LOG_CONSOLE_LEVEL}. Those that are set win over what this builder is told, in whatever order; a
   * wrong one is named on standard error and left out.
   *
   * @param variables usually {@link System#getenv()}; default none
   * @return this
   */
  public OpsLoggingBuilder overriddenBy(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
    return this;
  }

  /**
   * The logback to set up.
   *
   * @param context stays the caller's; default the one that slf4j is bound to
   * @return this
   */
  public OpsLoggingBuilder context(LoggerContext context) {
    this.context = Objects.requireNonNull(context, "context");
    return this;
  }

  /**
   * Sets logging up.
   *
   * @return until it is closed
   * @throws IllegalArgumentException if an option is wrong; the message names it, its value and
   *     what it must be
   * @throws IllegalStateException if slf4j is bound to something else than logback and no context
   *     was given
   */
  public OpsLogging start() {
    LogSettings settings = EnvironmentSettings.of(variables).override(checked());
    return new OpsLogging(context == null ? OpsLogging.boundContext() : context, settings);
  }

  private LogSettings checked() {
    combined.check("keepCombined");
    error.check("keepError");
    Map<String, Level> checkedLevels = new LinkedHashMap<>();
    levels.forEach(
        (logger, name) ->
            checkedLevels.put(
                notBlank("logger", logger), LevelName.require("level of " + logger, name)));
    if (folder != null && folder.toString().contains("%")) {
      throw new IllegalArgumentException("folder is '" + folder + "', must not contain '%'");
    }
    return new LogSettings(
        new ServiceIdentity(
            notBlank("service", service),
            notBlank("version", version),
            notBlank("environment", environment)),
        schema(),
        LevelName.require("level", level),
        checkedLevels,
        folder,
        console,
        LevelName.require("consoleLevel", consoleLevel),
        combined,
        error,
        List.of());
  }

  private Schema schema() {
    Schema found = Schema.find(schema);
    if (found == null) {
      throw new IllegalArgumentException(Schema.complaint("schema", schema));
    }
    return found;
  }

  private static String notBlank(String option, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(option + " is '" + value + "', must not be blank");
    }
    return value;
  }
}
