package dev.opskit.examples.orders;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.metrics.alert.LogSink;
import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One backup and the proof of it, for a CronJob: taken, verified, restored into a database of its
 * own. Whatever fails is thrown, so that the job fails, too.
 */
final class BackupJob {
  private static final Logger logger = LoggerFactory.getLogger(BackupJob.class);

  private BackupJob() {}

  static void run(Settings settings) throws SQLException {
    try (OpsSecrets secrets =
        OpsSecrets.builder().provider(MountedFileProvider.of(settings.secrets())).build()) {
      Database database =
          new Database(settings.database(), secrets, SecretRef.of(settings.databaseSecret()));
      try (HikariDataSource pool = database.backups();
          BackupService backups = OrdersService.backups(settings, database, pool, new LogSink())) {
        BackupRecord backup = backups.backupNow();
        backups.verify(backup.id());
        drill(backups, backup.id(), pool);
        logger.atInfo().addKeyValue("backup", backup.id()).log("backup taken, verified, restored");
      }
    }
  }

  /** A backup that nobody has restored is a hope. */
  private static void drill(BackupService backups, String id, HikariDataSource pool)
      throws SQLException {
    String target = "drill_" + id.replaceAll("[^a-z0-9]", "_");
    backups.restoreInto(id, target);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE \"" + target + "\"");
    }
  }
}
