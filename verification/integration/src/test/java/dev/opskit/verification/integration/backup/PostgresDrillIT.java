package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupMark;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.DrillReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drills find whatever is not as it was, and leave nothing behind. */
@Timeout(300)
class PostgresDrillIT {
  @TempDir Path folder;

  private final RaisedAlerts alerts = new RaisedAlerts();
  private Shop shop;

  @BeforeEach
  void open() throws SQLException {
    shop = Shop.open(folder, 10_000);
    shop.execute(Shop.NAME, Divergence.SOURCE);
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void aGoodBackupIsMarkedAsDrilledAndTellsHowLongTheNextWillTake() throws SQLException {
    try (BackupService backups = service(shop.strategy().build())) {
      String id = backups.backupNow().id();
      assertTrue(backups.restores().predictedTime(id).isEmpty());

      for (int i = 0; i < 3; i++) {
        DrillReport report =
            backups.restores().drill(id, target -> assertEquals("10000", orders(target)));
        assertTrue(report.took().compareTo(Duration.ZERO) > 0);
      }

      assertTrue(backups.catalog().marked().get(0).is(BackupMark.DRILLED));
      assertTrue(backups.restores().predictedTime(id).isPresent());
      assertEquals("3", databases(), "postgres, shop and template1");
    }
  }

  /** All in one drill; {@code -Dopskit.divergences=each} gives a drill to each. */
  @Test
  void everyDivergenceIsFoundAndNamed() throws SQLException {
    List<List<Divergence>> drills =
        System.getProperty("opskit.divergences", "").equals("each")
            ? Stream.of(Divergence.values()).map(List::of).toList()
            : List.of(List.of(Divergence.values()));
    Queue<Divergence> next = new ArrayDeque<>();
    Queue<String> differences = new ArrayDeque<>();
    TamperedStrategy strategy =
        new TamperedStrategy(
            shop.strategy().build(),
            target -> next.forEach(divergence -> execute(target, divergence.sql(target))),
            differences);
    int found = 0;
    try (BackupService backups = service(strategy)) {
      String id = backups.backupNow().id();
      for (List<Divergence> drill : drills) {
        next.clear();
        next.addAll(drill);
        differences.clear();
        assertThrows(BackupRefusedException.class, () -> backups.restores().drill(id));
        for (Divergence divergence : drill) {
          assertTrue(
              differences.stream().anyMatch(line -> line.contains(divergence.found)),
              () -> divergence + ": " + differences);
          found++;
        }
        assertEquals(List.of("BackupDrillFailed"), alerts.names());
      }
      assertTrue(backups.catalog().marked().get(0).is(BackupMark.QUARANTINED));
      assertEquals("3", databases(), "a scratch database is left");
    }
    System.out.printf(
        "%d of %d divergences found in %d drills%n",
        found, Divergence.values().length, drills.size());
  }

  @Test
  void aProbeThatFailsFailsTheDrillAndSpeaksNotAgainstTheBackup() throws SQLException {
    try (BackupService backups = service(shop.strategy().build())) {
      String id = backups.backupNow().id();

      BackupRefusedException failed =
          assertThrows(
              BackupRefusedException.class,
              () -> backups.restores().drill(id, target -> assertEquals("0", orders(target))));

      assertTrue(failed.getMessage().contains("10000"), failed.getMessage());
      assertEquals(List.of("BackupDrillFailed"), alerts.names());
      assertTrue(backups.catalog().marked().get(0).marks().isEmpty());
      backups.restores().drill(id);
      assertEquals(List.of(), alerts.names());
      assertEquals("3", databases());
    }
  }

  private String orders(String database) throws SQLException {
    return shop.query(database, "SELECT count(*) FROM orders");
  }

  private String databases() throws SQLException {
    return shop.query("postgres", "SELECT count(*) FROM pg_database WHERE datname <> 'template0'");
  }

  private void execute(String database, String sql) {
    try {
      shop.execute(database, sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private BackupService service(BackupStrategy strategy) {
    return BackupService.builder("shop")
        .strategy(strategy)
        .store(Place.FILES.empty(folder))
        .alerts(alerts)
        .build();
  }
}
