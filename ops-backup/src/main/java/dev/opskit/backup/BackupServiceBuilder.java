package dev.opskit.backup;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.TimeSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link BackupService}. Confined to one thread. */
public final class BackupServiceBuilder {
  private final String source;
  private @Nullable BackupStrategy strategy;
  private @Nullable BackupStore store;
  private AlertSink alerts = AlertSink.none();
  private TimeSource time = TimeSource.system();

  BackupServiceBuilder(String source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * What to back up and how to load it. Required.
   *
   * @param strategy owned by the host
   * @return this
   */
  public BackupServiceBuilder strategy(BackupStrategy strategy) {
    this.strategy = Objects.requireNonNull(strategy, "strategy");
    return this;
  }

  /**
   * Where to keep it. Required.
   *
   * @param store owned by the host; several sources may share it
   * @return this
   */
  public BackupServiceBuilder store(BackupStore store) {
    this.store = Objects.requireNonNull(store, "store");
    return this;
  }

  /**
   * Who is told of failures.
   *
   * @param alerts default: nobody
   * @return this
   */
  public BackupServiceBuilder alerts(AlertSink alerts) {
    this.alerts = Objects.requireNonNull(alerts, "alerts");
    return this;
  }

  /**
   * The clock.
   *
   * @param time default: the system's
   * @return this
   */
  public BackupServiceBuilder time(TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Builds the service. Nothing is started or connected to.
   *
   * @return the service, to be closed by the host
   * @throws IllegalArgumentException if an option is missing or bad, naming it
   */
  public BackupService build() {
    require("source", source, Layout.SOURCE.matcher(source).matches(), Layout.SOURCE.pattern());
    BackupStrategy chosenStrategy = required("strategy", strategy);
    BackupStore chosenStore = required("store", store);
    String format = chosenStrategy.format();
    require("strategy.format", format, format.matches("[a-z0-9-]+"), "[a-z0-9-]+");
    return new BackupService(source, chosenStrategy, chosenStore, alerts, time);
  }

  private static void require(String option, String value, boolean good, String form) {
    if (!good) {
      throw new IllegalArgumentException(
          "%s is '%s', must be of the form %s".formatted(option, value, form));
    }
  }

  private static <T> T required(String option, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(option + " is not set");
    }
    return value;
  }
}
