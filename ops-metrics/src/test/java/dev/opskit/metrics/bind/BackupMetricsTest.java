package dev.opskit.metrics.bind;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupEvent;
import dev.opskit.backup.BackupEvent.Operation;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.RestoreReport;
import dev.opskit.backup.VerificationLevel;
import dev.opskit.backup.VerificationReport;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.metrics.OpsMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupMetricsTest {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final ManualTimeSource time = new ManualTimeSource(START);
  private final BackupMetrics bound = new BackupMetrics("orders", metrics.registry(), time);

  private static BackupEvent.Completed completed(Instant startedAt) {
    return new BackupEvent.Completed(
        new BackupRecord(
            "a",
            "orders",
            BackupRecord.Kind.REGULAR,
            "bytes",
            startedAt,
            startedAt.plusSeconds(7),
            500,
            100,
            1,
            Map.of(),
            Optional.empty()));
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
