package dev.opskit.metrics.bind;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.MarkedBackup;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import dev.opskit.metrics.OpsMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The backups of a source as metrics: {@code ops_backup_recovery_point_timestamp_seconds} is the
 * start of the newest backup that is proven, so the data in it is as old as that; {@code
 * ops_backup_last_drilled_timestamp_seconds} the same of those that were restored on trial, and
 * {@code ops_backup_last_success_timestamp_seconds} of all that are committed. {@code
 * ops_backup_predicted_restore_seconds} is how long a restore of the recovery point would take by
 * the last drills, {@code NaN} if there was none. {@code
 * ops_backup_last_verified_timestamp_seconds} and {@code
 * ops_backup_last_restored_timestamp_seconds} are when every byte was last read, and restored,
 * without a fault; 0 means that none is known. By {@code operation} (backup, verify, restore,
 * drill) there are {@code ops_backup_runs_total} with its {@code outcome}, {@code
 * ops_backup_failing}, {@code ops_backup_running} and {@code ops_backup_last_duration_seconds}; and
 * {@code ops_backup_last_plain_bytes}, {@code ops_backup_last_stored_bytes} and {@code
 * ops_backup_corrupt}.
 *
 * <p>The first four are read from the catalog at the start and after each event, on a thread of its
 * own, so a restart does not make them unknown; all else comes from events. A scrape reads no
 * store. Thread-safe; whoever binds it closes it, which ends the counting.
 *
 * <p>Needs {@code ops-backup} on the class path.
 */
public final class BackupMetrics implements AutoCloseable {
  private static final String SECONDS = "seconds";
  private static final String BYTES = "bytes";

  static final MeterSpec LAST_SUCCESS =
      MeterSpec.gauge(
          "ops.backup.last.success.timestamp",
          SECONDS,
          "When the newest committed backup was begun; 0 if there is none.");
  static final MeterSpec FAILING =
      MeterSpec.gauge("ops.backup.failing", null, "Whether the last run failed, 1 or 0.");
  static final MeterSpec CORRUPT =
      MeterSpec.gauge("ops.backup.corrupt", null, "Backups that were found to be damaged.");
  private static final MeterSpec LAST_VERIFIED =
      MeterSpec.gauge(
          "ops.backup.last.verified.timestamp",
          SECONDS,
          "When every byte of a backup was last verified.");
  private static final MeterSpec LAST_RESTORED =
      MeterSpec.gauge(
          "ops.backup.last.restored.timestamp", SECONDS, "When a backup was last restored.");
  private static final MeterSpec LAST_PLAIN =
      MeterSpec.gauge("ops.backup.last.plain", BYTES, "Size of the newest backup's data.");
  private static final MeterSpec LAST_STORED =
      MeterSpec.gauge("ops.backup.last.stored", BYTES, "Size of the newest backup in the store.");
  private static final MeterSpec LAST_DURATION =
      MeterSpec.gauge("ops.backup.last.duration", SECONDS, "How long the last success took.");
  private static final MeterSpec RUNNING =
      MeterSpec.gauge("ops.backup.running", null, "Runs that are under way.");
  private static final MeterSpec RUNS =
      MeterSpec.counter("ops.backup.runs", "Runs that came to an end.");

  private final MeterRegistry registry;
  private final String source;
  private final TimeSource time;
  private final Set<String> corrupt = ConcurrentHashMap.newKeySet();
  private final Runs[] runs;
  private volatile double lastSuccess;
  private volatile double lastVerified;
  private volatile double lastRestored;
  private volatile double plainBytes;
  private volatile double storedBytes;
  private final RecoveryPoint recoveryPoint;
  private Subscription subscription = () -> {};

  private static final class Runs {
    private final AtomicInteger running = new AtomicInteger();
    private volatile int failing;
    private volatile double seconds = Double.NaN;
  }

  BackupMetrics(
      String source,
      MeterRegistry registry,
      TimeSource time,
      Supplier<List<MarkedBackup>> catalog,
      Function<String, Optional<Duration>> predictedTime) {
    this.source = source;
    this.registry = registry;
    this.time = time;
    this.recoveryPoint =
        new RecoveryPoint(source, registry, () -> known(catalog.get()), predictedTime);
    this.runs = new Runs[BackupEvent.Operation.values().length];
    LAST_SUCCESS.show(registry, () -> lastSuccess, "source", source);
    LAST_VERIFIED.show(registry, () -> lastVerified, "source", source);
    LAST_RESTORED.show(registry, () -> lastRestored, "source", source);
    LAST_PLAIN.show(registry, () -> plainBytes, "source", source);
    LAST_STORED.show(registry, () -> storedBytes, "source", source);
    CORRUPT.show(registry, corrupt::size, "source", source);
    for (BackupEvent.Operation operation : BackupEvent.Operation.values()) {
      Runs of = runs[operation.ordinal()] = new Runs();
      String[] tags = {"source", source, "operation", name(operation)};
      RUNNING.show(registry, of.running::get, tags);
      FAILING.show(registry, () -> of.failing, tags);
      LAST_DURATION.show(registry, () -> of.seconds, tags);
      count(operation, "ok", 0);
      count(operation, "failed", 0);
    }
  }

  /**
   * Registers the meters.
   *
   * @param backups stays the caller's to close
   * @param metrics where to
   * @return close it before the backups
   */
  public static BackupMetrics bind(BackupService backups, OpsMetrics metrics) {
    BackupMetrics bound =
        new BackupMetrics(
            backups.source(),
            metrics.registry(),
            TimeSource.system(),
            () -> backups.catalog().marked(),
            id -> backups.restores().predictedTime(id));
    bound.subscription = backups.onEvent(bound::accept);
    bound.recoveryPoint.readSoon();
    return bound;
  }

  private List<MarkedBackup> known(List<MarkedBackup> all) {
    all.stream()
        .map(MarkedBackup::backup)
        .filter(backup -> backup.kind() == BackupRecord.Kind.REGULAR)
        .findFirst()
        .ifPresent(this::committed);
    return all;
  }

  /** Kinds that are not named here change no meter. */
  void accept(BackupEvent event) {
    if (event instanceof BackupEvent.Started started) {
      runs(started.operation()).running.incrementAndGet();
    } else if (event instanceof BackupEvent.Completed completed) {
      committed(completed.record());
      succeeded(BackupEvent.Operation.BACKUP, completed.record().took());
    } else if (event instanceof BackupEvent.Verified verified) {
      if (verified.report().level().counts()) {
        lastVerified = seconds(time.now());
        corrupt.remove(verified.id());
      }
      succeeded(BackupEvent.Operation.VERIFY, verified.report().took());
    } else if (event instanceof BackupEvent.Restored restored) {
      lastRestored = seconds(time.now());
      corrupt.remove(restored.id());
      succeeded(BackupEvent.Operation.RESTORE, restored.report().took());
    } else if (event instanceof BackupEvent.Drilled drilled) {
      corrupt.remove(drilled.id());
      succeeded(BackupEvent.Operation.DRILL, drilled.report().took());
    } else if (event instanceof BackupEvent.Failed failed) {
      if (failed.failure() instanceof BackupCorruptException) {
        corrupt.add(failed.id());
      }
      ended(failed.operation()).failing = 1;
      count(failed.operation(), "failed", 1);
    }
    recoveryPoint.accept(event);
  }

  private synchronized void committed(BackupRecord record) {
    double startedAt = seconds(record.startedAt());
    if (startedAt >= lastSuccess) {
      lastSuccess = startedAt;
      plainBytes = record.plainBytes();
      storedBytes = record.storedBytes();
    }
  }

  private void succeeded(BackupEvent.Operation operation, Duration took) {
    Runs of = ended(operation);
    of.failing = 0;
    of.seconds = took.toMillis() / 1e3;
    count(operation, "ok", 1);
  }

  private Runs ended(BackupEvent.Operation operation) {
    Runs of = runs(operation);
    // One that began before this was bound ends without having been counted.
    of.running.updateAndGet(running -> Math.max(0, running - 1));
    return of;
  }

  private Runs runs(BackupEvent.Operation operation) {
    return runs[operation.ordinal()];
  }

  private void count(BackupEvent.Operation operation, String outcome, int by) {
    RUNS.count(registry, "source", source, "operation", name(operation), "outcome", outcome)
        .increment(by);
  }

  private static String name(BackupEvent.Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  @Override
  public void close() {
    subscription.close();
    recoveryPoint.close();
  }
}
