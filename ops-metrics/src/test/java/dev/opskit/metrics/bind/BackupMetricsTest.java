package dev.opskit.metrics.bind;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupEvent.Operation;
import dev.opskit.backup.BackupMark;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.MarkedBackup;
import dev.opskit.backup.RestoreReport;
import dev.opskit.backup.VerificationLevel;
import dev.opskit.backup.VerificationReport;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.metrics.OpsMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BackupMetricsTest {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final ManualTimeSource time = new ManualTimeSource(START);
  private final List<MarkedBackup> catalog = new CopyOnWriteArrayList<>();
  private volatile @Nullable Duration predicted;
  private final BackupMetrics bound =
      new BackupMetrics(
          "orders", metrics.registry(), time, () -> catalog, id -> Optional.ofNullable(predicted));

  private static BackupRecord record(BackupRecord.Kind kind, Instant startedAt) {
    return new BackupRecord(
        "a",
        "orders",
        kind,
        "bytes",
        startedAt,
        startedAt.plusSeconds(7),
        500,
        100,
        1,
        Map.of(),
        Optional.empty());
  }

  private static BackupEvent.Completed completed(Instant startedAt) {
    return new BackupEvent.Completed(record(BackupRecord.Kind.REGULAR, startedAt));
  }

  private static MarkedBackup marked(
      BackupRecord.Kind kind, int age, @Nullable VerificationLevel level, BackupMark... marks) {
    return new MarkedBackup(
        record(kind, START.minusSeconds(age)), Optional.ofNullable(level), Set.of(marks));
  }

  private void awaitPage(String line) throws InterruptedException {
    while (!Page.of(metrics).has(line)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void theRecoveryPointIsTheNewestThatIsProven() throws InterruptedException {
    catalog.addAll(
        List.of(
            marked(
                BackupRecord.Kind.RESTORE_POINT, 1, VerificationLevel.ARCHIVE, BackupMark.DRILLED),
            marked(BackupRecord.Kind.REGULAR, 2, VerificationLevel.EXISTS),
            marked(BackupRecord.Kind.REGULAR, 3, VerificationLevel.ARCHIVE, BackupMark.QUARANTINED),
            marked(BackupRecord.Kind.REGULAR, 4, VerificationLevel.HASHES),
            marked(BackupRecord.Kind.REGULAR, 5, VerificationLevel.ARCHIVE, BackupMark.DRILLED)));
    assertPage("ops_backup_recovery_point_timestamp_seconds{source=\"orders\"} 0.0");
    bound.accept(verified(VerificationLevel.HASHES));
    awaitPage("ops_backup_recovery_point_timestamp_seconds{source=\"orders\"} 999996.0");
    awaitPage("ops_backup_last_drilled_timestamp_seconds{source=\"orders\"} 999995.0");
    awaitPage("ops_backup_last_success_timestamp_seconds{source=\"orders\"} 999998.0");
    assertPage("ops_backup_predicted_restore_seconds{source=\"orders\"} NaN");
    predicted = Duration.ofMillis(7_500);
    bound.accept(verified(VerificationLevel.HASHES));
    awaitPage("ops_backup_predicted_restore_seconds{source=\"orders\"} 7.5");
    catalog.clear();
    bound.accept(verified(VerificationLevel.HASHES));
    awaitPage("ops_backup_predicted_restore_seconds{source=\"orders\"} NaN");
    assertPage("ops_backup_recovery_point_timestamp_seconds{source=\"orders\"} 0.0");
  }

  @Test
  void aStoreThatFailsLeavesWhatIsKnown() throws InterruptedException {
    AtomicBoolean away = new AtomicBoolean();
    catalog.add(marked(BackupRecord.Kind.REGULAR, 4, VerificationLevel.HASHES));
    BackupMetrics other =
        new BackupMetrics(
            "payments",
            metrics.registry(),
            time,
            () -> {
              if (away.get()) {
                throw new BackupUnavailableException("no store");
              }
              return catalog;
            },
            id -> Optional.empty());
    other.accept(verified(VerificationLevel.HASHES));
    awaitPage("ops_backup_recovery_point_timestamp_seconds{source=\"payments\"} 999996.0");
    away.set(true);
    other.accept(verified(VerificationLevel.HASHES));
    other.close();
    assertPage("ops_backup_recovery_point_timestamp_seconds{source=\"payments\"} 999996.0");
  }

  private static BackupEvent.Verified verified(VerificationLevel level) {
    return new BackupEvent.Verified(
        "orders", new VerificationReport("a", level, 1, 500, Duration.ofMillis(2_500)));
  }

  private void assertPage(String... lines) {
    Page.of(metrics).assertHas(lines);
  }

  @Test
  void everythingIsThereBeforeTheFirstRun() {
    for (String operation : new String[] {"backup", "verify", "restore"}) {
      String of = "operation=\"" + operation + "\",";
      assertPage(
          "ops_backup_runs_total{" + of + "outcome=\"ok\",source=\"orders\"} 0.0",
          "ops_backup_runs_total{" + of + "outcome=\"failed\",source=\"orders\"} 0.0",
          "ops_backup_failing{" + of + "source=\"orders\"} 0.0",
          "ops_backup_running{" + of + "source=\"orders\"} 0.0",
          "ops_backup_last_duration_seconds{" + of + "source=\"orders\"} NaN");
    }
    assertPage(
        "ops_backup_last_success_timestamp_seconds{source=\"orders\"} 0.0",
        "ops_backup_last_verified_timestamp_seconds{source=\"orders\"} 0.0",
        "ops_backup_last_restored_timestamp_seconds{source=\"orders\"} 0.0",
        "ops_backup_last_plain_bytes{source=\"orders\"} 0.0",
        "ops_backup_last_stored_bytes{source=\"orders\"} 0.0",
        "ops_backup_corrupt{source=\"orders\"} 0.0");
  }

  @Test
  void aBackupIsAsOldAsItsStart() {
    bound.accept(new BackupEvent.Started("orders", "a", Operation.BACKUP));
    assertPage("ops_backup_running{operation=\"backup\",source=\"orders\"} 1.0");
    bound.accept(completed(START));
    bound.accept(completed(START.minusSeconds(60)));
    assertPage(
        "ops_backup_last_success_timestamp_seconds{source=\"orders\"} 1000000.0",
        "ops_backup_last_plain_bytes{source=\"orders\"} 500.0",
        "ops_backup_last_stored_bytes{source=\"orders\"} 100.0",
        "ops_backup_last_duration_seconds{operation=\"backup\",source=\"orders\"} 7.0",
        "ops_backup_running{operation=\"backup\",source=\"orders\"} 0.0",
        "ops_backup_runs_total{operation=\"backup\",outcome=\"ok\",source=\"orders\"} 2.0");
  }

  @Test
  void aFailureIsShownUntilTheNextSuccess() {
    bound.accept(new BackupEvent.Started("orders", "a", Operation.BACKUP));
    bound.accept(
        new BackupEvent.Failed(
            "orders", "a", Operation.BACKUP, new BackupUnavailableException("disk full")));
    assertPage(
        "ops_backup_failing{operation=\"backup\",source=\"orders\"} 1.0",
        "ops_backup_running{operation=\"backup\",source=\"orders\"} 0.0",
        "ops_backup_corrupt{source=\"orders\"} 0.0",
        "ops_backup_runs_total{operation=\"backup\",outcome=\"failed\",source=\"orders\"} 1.0");
    bound.accept(completed(START));
    assertPage("ops_backup_failing{operation=\"backup\",source=\"orders\"} 0.0");
  }

  @Test
  void whatIsDamagedIsCountedUntilItIsFoundToBeWhole() {
    BackupEvent.Failed damaged =
        new BackupEvent.Failed(
            "orders", "a", Operation.VERIFY, new BackupCorruptException("chunk 3"));
    bound.accept(damaged);
    bound.accept(damaged);
    assertPage("ops_backup_corrupt{source=\"orders\"} 1.0");
    time.advance(Duration.ofSeconds(5));
    bound.accept(verified(VerificationLevel.EXISTS));
    assertPage(
        "ops_backup_corrupt{source=\"orders\"} 1.0",
        "ops_backup_last_verified_timestamp_seconds{source=\"orders\"} 0.0");
    bound.accept(verified(VerificationLevel.HASHES));
    assertPage(
        "ops_backup_corrupt{source=\"orders\"} 0.0",
        "ops_backup_last_verified_timestamp_seconds{source=\"orders\"} 1000005.0",
        "ops_backup_last_duration_seconds{operation=\"verify\",source=\"orders\"} 2.5");
    time.advance(Duration.ofSeconds(5));
    bound.accept(
        new BackupEvent.Restored("orders", new RestoreReport("a", "copy", 500, Duration.ZERO)));
    assertPage("ops_backup_last_restored_timestamp_seconds{source=\"orders\"} 1000010.0");
  }
}
