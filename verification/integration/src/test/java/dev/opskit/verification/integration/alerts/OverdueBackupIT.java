package dev.opskit.verification.integration.alerts;

import static dev.opskit.verification.integration.alerts.LocalAlertmanager.PATIENCE;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.Schedule;
import dev.opskit.backup.ScheduledBackups;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.metrics.alert.AlertmanagerSink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A night is a jump of the clock; the schedule looks at it every ten seconds. */
@Timeout(300)
class OverdueBackupIT {
  private static final Pattern NAME = Pattern.compile("\"alertname\":\"([^\"]+)\"");
  private static final Duration LATE = Duration.ofHours(1);

  @TempDir Path folder;

  private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-03-01T02:00:00Z"));
  private final AtomicBoolean diskWorks = new AtomicBoolean();

  @Test
  void whatWasNeverTakenFailsOrIsOverdueFiresUntilItIsTaken() throws Exception {
    try (LocalAlertmanager alertmanager = LocalAlertmanager.start(folder.resolve("am"));
        AlertmanagerSink alerts =
            AlertmanagerSink.to(alertmanager.address()).resend(Duration.ofSeconds(2)).build();
        BackupService backups =
            BackupService.builder("orders")
                .strategy(new SmallBackup(diskWorks::get))
                .store(FileSystemBackupStore.at(folder.resolve("backups")))
                .alerts(alerts)
                .time(time)
                .build();
        ScheduledBackups scheduled =
            backups.schedule(
                Schedule.daily(LocalTime.of(2, 0), ZoneOffset.UTC)
                    .catchUp(Duration.ofHours(12))
                    .overdueAfter(LATE))) {
      awaitFiring(alertmanager, "", "BackupFailed");
      time.advance(LATE.plusMinutes(5));
      awaitFiring(alertmanager, "overdue: none is proven", "BackupFailed", "BackupOverdue");

      diskWorks.set(true);
      awaitFiring(alertmanager, "");

      diskWorks.set(false);
      time.jumpTo(Instant.parse("2026-03-02T02:00:00Z"));
      time.advance(LATE.plusMinutes(5));
      awaitFiring(
          alertmanager,
          "overdue: the newest that is proven was begun at 2026-03-01",
          "BackupFailed",
          "BackupOverdue");

      diskWorks.set(true);
      awaitFiring(alertmanager, "");
    }
  }

  private void awaitFiring(LocalAlertmanager alertmanager, String told, String... names)
      throws Exception {
    AtomicReference<String> last = new AtomicReference<>("");
    LocalAlertmanager.await(
        PATIENCE,
        () ->
            String.join(", ", names)
                + " should fire and nothing else, and tell '"
                + told
                + "', not "
                + last,
        () -> {
          // What failed is tried again some minutes after it was seen to have failed.
          time.advance(Duration.ofSeconds(2));
          String json = alertmanager.alerts();
          last.set(json);
          Set<String> firing =
              NAME.matcher(json)
                  .results()
                  .map(result -> result.group(1))
                  .collect(Collectors.toSet());
          return firing.equals(Set.of(names)) && json.contains(told);
        });
  }
}
