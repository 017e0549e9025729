package dev.opskit.backup;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link BackupService}. Confined to one thread. */
public final class BackupServiceBuilder {
  private final String source;
  private @Nullable BackupStrategy strategy;
  private @Nullable BackupStore store;
  private AlertSink alerts = AlertSink.none();
  private TimeSource time = TimeSource.system();
  private @Nullable RetentionPolicy retention;
  private Duration orphanAge = Duration.ofHours(24);
  private double anomalyFactor = 2;
  private Compression compression = Compression.zstd(1);
  private int workers = 1;
  private Recipients recipients = Recipients.NONE;
  private Duration undoWindow = Duration.ofHours(72);

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
   * Which backups {@link BackupService#retain()} keeps.
   *
   * @param retention default: none, and asking for retention is refused
   * @return this
   */
  public BackupServiceBuilder retention(RetentionPolicy retention) {
    this.retention = Objects.requireNonNull(retention, "retention");
    return this;
  }

  /**
   * How long a run must have given no sign of life before {@link BackupService#collectOrphans()}
   * takes it for dead. A run gives one when it begins and, with its next chunk, every half hour.
   *
   * @param age two hours or more; default 24 hours
   * @return this
   */
  public BackupServiceBuilder orphanAge(Duration age) {
    this.orphanAge = Objects.requireNonNull(age, "age");
    return this;
  }

  /**
   * How many times smaller or larger than the recent ones a backup may be, in bytes and in rows,
   * before it is suspect. It is compared with the median of the last seven that count, once there
   * are three, and with those of them that were suspect and that somebody has accepted.
   *
   * @param factor 1 or more; default 2; {@link Double#POSITIVE_INFINITY} for never
   * @return this
   */
  public BackupServiceBuilder anomalyFactor(double factor) {
    this.anomalyFactor = factor;
    return this;
  }

  /**
   * How new backups are made smaller.
   *
   * @param compression default: zstd at level 1
   * @return this
   */
  public BackupServiceBuilder compression(Compression compression) {
    this.compression = Objects.requireNonNull(compression, "compression");
    return this;
  }

  /**
   * How many threads compress, encrypt and store the chunks of a backup, while the strategy goes on
   * dumping. They are there while a backup runs, and each costs up to 51 MiB of heap beside the 17
   * MiB of each open stream.
   *
   * @param workers 0 to 16, 0 for none but the strategy's own; default 1. Into a store that is far
   *     away 2 are faster: one compresses while the store has not yet answered the other
   * @return this
   */
  public BackupServiceBuilder workers(int workers) {
    this.workers = workers;
    return this;
  }

  /**
   * Encrypts new backups before they leave this process, and reads encrypted ones. The data key of
   * a backup is wrapped by every provider, and any one of them is enough to read it: {@code
   * .encryption(FileKeyProvider.of(folder, "2026-11"))}. Whoever loses all keys loses the backups.
   * Older backups that are not encrypted can still be read.
   *
   * @param recipient whose key it is wrapped with
   * @param more others, for example one whose key is kept in a safe
   * @return this
   */
  public BackupServiceBuilder encryption(KeyProvider recipient, KeyProvider... more) {
    this.recipients =
        new Recipients(Stream.concat(Stream.of(recipient), Arrays.stream(more)).toList());
    return this;
  }

  /**
   * How long the data that a restore has replaced is kept, for {@link Restores#undo()}. It needs as
   * much space as before.
   *
   * @param window zero or more; default 72 hours
   * @return this
   */
  public BackupServiceBuilder undoWindow(Duration window) {
    this.undoWindow = Objects.requireNonNull(window, "window");
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
    if (orphanAge.compareTo(Duration.ofHours(2)) < 0) {
      throw new IllegalArgumentException(
          "orphanAge is " + orphanAge + ", must be two hours or more");
    }
    if (!(anomalyFactor >= 1)) {
      throw new IllegalArgumentException(
          "anomalyFactor is " + anomalyFactor + ", must be 1 or more");
    }
    if (workers < 0 || workers > 16) {
      throw new IllegalArgumentException("workers is " + workers + ", must be 0 to 16");
    }
    if (undoWindow.isNegative()) {
      throw new IllegalArgumentException("undoWindow is " + undoWindow + ", must be 0 or more");
    }
    return new BackupService(
        source,
        chosenStrategy,
        chosenStore,
        new BackupOptions(
            retention,
            orphanAge,
            anomalyFactor,
            compression,
            workers,
            recipients,
            undoWindow,
            alerts,
            time));
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
