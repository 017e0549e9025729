package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupProblem;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.PreflightStrategy.Purpose;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a backup sees of a database that is in use, what the database sees of it, and preflight. */
@Timeout(300)
class PostgresSnapshotIT {
  @TempDir static Path folder;

  private static Shop shop;

  @BeforeAll
  static void open() throws SQLException {
    // What is left after the first chunk must not fit into the buffers of pipe and socket.
    shop = Shop.open(folder, 400_000);
  }

  @AfterAll
  static void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void whatIsWrittenMeanwhileIsInNeitherTheDumpNorTheFingerprint() throws SQLException {
    String rows = shop.query(Shop.NAME, "SELECT count(*) FROM orders");
    BackupStore store =
        new StepStore(Place.FILES.empty(folder))
            .afterTheFirstChunk(
                () ->
                    execute(
                        "DELETE FROM orders WHERE id % 2 = 0; SELECT nextval('customers_id_seq')"));
    try (BackupService backups = service(store, shop.strategy().build())) {
      BackupRecord record = backups.backupNow();

      assertEquals(
          Long.toString(Long.parseLong(rows) + 100), record.facts().get("rows"), "customers, too");
      // It compares, so it shows that both are of one snapshot.
      backups
          .restores()
          .drill(
              record.id(),
              target -> assertEquals(rows, shop.query(target, "SELECT count(*) FROM orders")));
    }
  }

  @Test
  void whileOneBackupRunsAnotherIsTurnedAway() {
    BackupService other = service(Place.FILES.empty(folder), shop.strategy().build());
    BackupStore store =
        new StepStore(Place.FILES.empty(folder))
            .afterTheFirstChunk(
                () -> {
                  BackupUnavailableException turnedAway =
                      assertThrows(BackupUnavailableException.class, other::backupNow);
                  assertTrue(turnedAway.getMessage().contains("another backup of database shop"));
                });
    try (BackupService backups = service(store, shop.strategy().build());
        other) {
      backups.backupNow();
      // The lock has gone with the first.
      other.backupNow();
    }
  }

  @Test
  void aMigrationThatWaitsMakesTheBackupGiveWay() throws Exception {
    CompletableFuture<Boolean> migration = new CompletableFuture<>();
    BackupStore store =
        new StepStore(Place.FILES.empty(folder))
            .afterTheFirstChunk(
                () -> {
                  execute("ALTER TABLE orders ADD COLUMN migrated int");
                  migration.complete(true);
                });
    PostgresBackup polite = shop.strategy().giveWayAfter(Duration.ofSeconds(1)).build();
    try (BackupService backups = service(store, polite)) {
      BackupUnavailableException gaveWay =
          assertThrows(BackupUnavailableException.class, backups::backupNow);

      assertTrue(gaveWay.getMessage().contains("gave way"), gaveWay.getMessage());
      assertTrue(gaveWay.getMessage().contains("orders"), gaveWay.getMessage());
      assertTrue(migration.get(1, TimeUnit.SECONDS));
      assertEquals(List.of(), backups.catalog().list());
      backups.backupNow();
    }
  }

  @Test
  void allThatIsInTheWayIsToldAtOnceWithTheMend() throws Exception {
    shop.execute("postgres", "CREATE ROLE nobody LOGIN PASSWORD 'nobody'");
    shop.execute("postgres", "CREATE DATABASE closed");
    shop.execute("closed", "CREATE TABLE secrets (id serial); CREATE TABLE more (id int)");
    PostgresBackup strategy =
        PostgresBackup.builder(
                new PostgresServer("127.0.0.1", shop.postgres().port(), "closed", "nobody"),
                "nobody"::toCharArray)
            .freeSpace(() -> 10)
            .build();

    assertEquals(
        List.of(
            "sequence public.secrets_id_seq cannot be read",
            "table public.more cannot be read",
            "table public.secrets cannot be read"),
        what(strategy.problems(Purpose.BACKUP, Map.of())).stream().sorted().toList());
    List<BackupProblem> restoring =
        strategy.problems(
            Purpose.REPLACE,
            Map.of(
                "roles", "nobody, ghost", "extensions", "plpgsql, ghost", "database.bytes", "11"));
    assertEquals(
        List.of(
            "the copy needs 11 bytes, the server's disk has 10 left",
            "role nobody must not create databases",
            "the server does not have the extension ghost",
            "the server does not have the role ghost",
            "only the owner may rename database closed",
            "role nobody must not end the sessions of others"),
        what(restoring));
    assertEquals("ALTER ROLE nobody CREATEDB", restoring.get(1).mend());
    assertEquals(List.of(), shop.strategy().build().problems(Purpose.BACKUP, Map.of()));
    assertEquals(List.of(), shop.strategy().build().problems(Purpose.REPLACE, Map.of()));
  }

  @Test
  void aServerThatIsNotThereAndToolsThatAreNotThereAreProblems() throws Exception {
    PostgresServer nowhere = new PostgresServer("127.0.0.1", 1, "closed", "nobody");
    PostgresBackup.builder(nowhere, "x"::toCharArray).build();
    List<BackupProblem> unreachable =
        PostgresBackup.of(nowhere, "x"::toCharArray).problems(Purpose.BACKUP, Map.of());
    assertEquals(1, unreachable.size());
    assertTrue(unreachable.get(0).what().contains("refused"), unreachable.get(0).what());

    List<BackupProblem> without =
        shop.strategy().toolFolder(folder).build().problems(Purpose.BACKUP, Map.of());
    assertEquals(1, without.size());
    assertTrue(without.get(0).what().contains("install postgresql-client"), without.toString());
  }

  private static List<String> what(List<BackupProblem> problems) {
    return problems.stream().map(BackupProblem::what).toList();
  }

  private static void execute(String sql) {
    try {
      shop.execute(Shop.NAME, sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static BackupService service(BackupStore store, PostgresBackup strategy) {
    return BackupService.builder("shop").strategy(strategy).store(store).build();
  }
}
