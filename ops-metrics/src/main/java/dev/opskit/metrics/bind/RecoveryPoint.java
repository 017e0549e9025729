package dev.opskit.metrics.bind;

import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupMark;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.MarkedBackup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much would be lost if a restore were needed now. What counts is known by the catalog alone,
 * as other processes verify, distrust and delete, too; so it is read again after each event, on a
 * thread of its own.
 */
final class RecoveryPoint implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(RecoveryPoint.class);

  static final MeterSpec PROVEN =
      MeterSpec.gauge(
          "ops.backup.recovery.point.timestamp",
          "seconds",
          "When the newest backup that is proven was begun; 0 if there is none.");
  static final MeterSpec DRILLED =
      MeterSpec.gauge(
          "ops.backup.last.drilled.timestamp",
          "seconds",
          "When the newest backup that was restored on trial was begun; 0 if there is none.");

  static final MeterSpec PREDICTED =
      MeterSpec.gauge(
          "ops.backup.predicted.restore",
          "seconds",
          "How long a restore of the recovery point would take by the last drills.");

  private final Supplier<List<MarkedBackup>> catalog;
  private final Function<String, Optional<Duration>> predictedTime;
  private final String source;
  private final ThreadPoolExecutor reader;
  private volatile double proven;
  private volatile double drilled;
  private volatile double predicted = Double.NaN;

  RecoveryPoint(
      String source,
      MeterRegistry registry,
      Supplier<List<MarkedBackup>> catalog,
      Function<String, Optional<Duration>> predictedTime) {
    this.source = source;
    this.catalog = catalog;
    this.predictedTime = predictedTime;
    // A reading that waits sees all that happened before it begins: one is enough.
    this.reader =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            RecoveryPoint::daemon,
            new ThreadPoolExecutor.DiscardPolicy());
    reader.allowCoreThreadTimeOut(true);
    PROVEN.show(registry, () -> proven, "source", source);
    DRILLED.show(registry, () -> drilled, "source", source);
    PREDICTED.show(registry, () -> predicted, "source", source);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "ops-backup-metrics");
    thread.setDaemon(true);
    return thread;
  }

  void accept(BackupEvent event) {
    boolean isOnItsWay =
        event instanceof BackupEvent.Started || event instanceof BackupEvent.Progress;
    if (!isOnItsWay) {
      readSoon();
    }
  }

  void readSoon() {
    reader.execute(this::read);
  }

  private void read() {
    try {
      List<MarkedBackup> backups = catalog.get();
      Optional<BackupRecord> newest = newest(backups, MarkedBackup::counts);
      proven = seconds(newest);
      drilled = seconds(newest(backups, backup -> backup.is(BackupMark.DRILLED)));
      predicted =
          newest
              .flatMap(backup -> predictedTime.apply(backup.id()))
              .map(time -> time.toMillis() / 1e3)
              .orElse(Double.NaN);
    } catch (BackupException e) {
      logger.warn("the recovery point of {} is read again after the next event", source, e);
    }
  }

  /** The catalog lists the newest first. */
  private static Optional<BackupRecord> newest(
      List<MarkedBackup> backups, Predicate<MarkedBackup> wanted) {
    return backups.stream()
        .filter(backup -> backup.backup().kind() == BackupRecord.Kind.REGULAR)
        .filter(wanted)
        .findFirst()
        .map(MarkedBackup::backup);
  }

  private static double seconds(Optional<BackupRecord> backup) {
    return backup.map(record -> record.startedAt().toEpochMilli() / 1e3).orElse(0.0);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
