package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupService;
import dev.opskit.backup.RecoveryPlan;
import dev.opskit.backup.RecoveryReport;
import dev.opskit.backup.RecoveryService;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.health.Health;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What three drills let expect is what a recovery takes. A build asks only whether it is of the
 * right size, as nobody knows what else runs; on a machine of one's own {@code
 * -Dopskit.prediction.orders=1000000 -Dopskit.prediction.recoveries=5
 * -Dopskit.prediction.percent=30}.
 */
@Timeout(1800)
class PredictedTimeIT {
  private static final int MEGABYTES = Integer.getInteger("opskit.prediction.megabytes", 5);
  private static final int RECOVERIES = Integer.getInteger("opskit.prediction.recoveries", 1);
  private static final int PERCENT = Integer.getInteger("opskit.prediction.percent", 900);
  private static final int DRILLS = 3;
  private static final String DATABASE = SampleData.MIXED.database();
  private static final String CONTENT = "SELECT count(*) || ' ' || sum(total) FROM orders";

  @TempDir Path folder;

  @Test
  void aRecoveryTakesAsLongAsThreeDrillsLetExpect() throws Exception {
    try (Shop shop = Shop.open(folder, 0);
        Health health = Health.builder().start();
        BackupService backups =
            BackupService.builder(Shop.NAME)
                .strategy(
                    PostgresBackup.of(
                        new PostgresServer(
                            "127.0.0.1", shop.postgres().port(), DATABASE, shop.postgres().user()),
                        shop.postgres().password()::toCharArray))
                .store(Place.FILES.empty(folder))
                .build()) {
      SampleData.MIXED.create(shop, MEGABYTES);
      String id = backups.backupNow().id();
      backups.verify(id);
      for (int i = 0; i < DRILLS; i++) {
        System.out.printf("drill: %d ms%n", backups.restores().drill(id).took().toMillis());
      }
      String before = shop.query(DATABASE, CONTENT);
      RecoveryService recovery =
          RecoveryService.of(backups, health.maintenance(), AlertSink.none());
      for (int i = 0; i < RECOVERIES; i++) {
        shop.execute(DATABASE, "DELETE FROM orders WHERE id % 2 = 0");

        RecoveryReport report = recovery.run(RecoveryPlan.databaseFailure(Shop.NAME));

        assertEquals(before, shop.query(DATABASE, CONTENT));
        assertIsNear(report.predicted(), tookToRestore(report));
      }
    }
  }

  private static Duration tookToRestore(RecoveryReport report) {
    return report.steps().stream()
        .filter(step -> step.name().equals("restore"))
        .findFirst()
        .orElseThrow()
        .took();
  }

  private static void assertIsNear(Duration predicted, Duration took) {
    double ratio = (double) predicted.toMillis() / took.toMillis();
    String said =
        "predicted %d ms, took %d ms, which is %+.0f %%"
            .formatted(predicted.toMillis(), took.toMillis(), (1 / ratio - 1) * 100);
    System.out.println(said);
    double limit = 1 + PERCENT / 100.0;
    assertTrue(Math.max(ratio, 1 / ratio) <= limit, said);
  }
}
