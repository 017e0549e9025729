package dev.opskit.verification.integration.alerts;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.metrics.alert.AlertmanagerSink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A small program whose backup fails and that ends at once: Alertmanager's address, a folder. */
final class FailingBackup {
  private FailingBackup() {}

  public static void main(String[] arguments) {
    try (AlertmanagerSink alerts =
            AlertmanagerSink.to(URI.create(arguments[0]))
                .resend(Duration.ofSeconds(2))
                .closeWithin(Duration.ofMinutes(1))
                .build();
        BackupService backups =
            BackupService.builder("orders")
                .strategy(new SmallBackup(() -> false))
                .store(FileSystemBackupStore.at(Path.of(arguments[1])))
                .alerts(alerts)
                .build()) {
      backups.backupNow();
    } catch (BackupUnavailableException expected) {
      return;
    }
    throw new AssertionError("the backup did not fail");
  }
}
