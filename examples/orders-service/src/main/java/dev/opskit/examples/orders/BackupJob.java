package dev.opskit.examples.orders;

import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.metrics.alert.LogSink;
import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One backup and the proof of it, for a CronJob: taken, verified, restored on trial. Beside the
 * backups lies the evidence of all drills then. Whatever fails is thrown, so that the job fails,
 * too.
 */
final class BackupJob {
  private static final Logger logger = LoggerFactory.getLogger(BackupJob.class);
  private static final Duration PROGRESS_PAUSE = Duration.ofSeconds(10);

  private BackupJob() {}

  static void run(Settings settings) throws IOException {
    try (OpsSecrets secrets =
        OpsSecrets.builder().provider(MountedFileProvider.of(settings.secrets())).build()) {
      Database database =
          new Database(
              settings.database(),
              secrets.rotating(
                  SecretRef.of(settings.databaseSecret()), SecretType.databaseCredentials()));
      try (BackupService backups = OrdersService.backups(settings, database, new LogSink())) {
        backups.onEvent(new ProgressLines(logger::info, PROGRESS_PAUSE));
        try {
          prove(backups);
        } finally {
          // Also after a drill that failed: the evidence has to show it.
          Evidence.write(backups, Evidence.key(secrets), settings.backups().resolve("evidence"));
        }
      }
    }
  }

  private static void prove(BackupService backups) {
    BackupRecord backup = backups.backupNow();
    backups.verify(backup.id());
    // A backup that nobody has restored is a hope.
    backups.restores().drill(backup.id());
    logger.atInfo().addKeyValue("backup", backup.id()).log("backup taken, verified, restored");
  }
}
