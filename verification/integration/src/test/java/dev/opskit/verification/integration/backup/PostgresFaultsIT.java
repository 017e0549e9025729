package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.FileSystemBackupStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backups that die in the middle: nothing of them is shown, somebody is told, the next succeeds.
 */
@Timeout(300)
class PostgresFaultsIT {
  @TempDir static Path folder;

  private static Shop shop;

  private final RaisedAlerts alerts = new RaisedAlerts();

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

  @AfterEach
  void noToolIsLeft() {
    Tools.awaitEnd(Tools.running(ProcessHandle.current(), "psql"));
    Tools.awaitEnd(Tools.running(ProcessHandle.current(), "pg_dump"));
  }

  @ParameterizedTest
  @EnumSource
  void pgDumpKilledInTheMiddleLeavesNothingThatIsShown(Place place) throws SQLException {
    BackupStore store = place.empty(folder);
    StepStore killing = new StepStore(store).afterTheFirstChunk(() -> Tools.kill("pg_dump"));
    try (BackupService backups = service(killing)) {
      BackupUnavailableException failure =
          assertThrows(BackupUnavailableException.class, backups::backupNow);

      assertTrue(failure.getMessage().contains("status 137"), failure.getMessage());
      assertFalse(store.list("", "").isEmpty(), "the first chunk was not even stored");
      assertNothingIsShown(backups);
      assertTheNextSucceeds(backups);
    }
  }

  @Test
  void aServerKilledInTheMiddleLeavesNothingThatIsShown() throws SQLException {
    StepStore killing =
        new StepStore(Place.FILES.empty(folder)).afterTheFirstChunk(shop.postgres()::kill);
    try (BackupService backups = service(killing)) {
      assertThrows(BackupUnavailableException.class, backups::backupNow);
      assertNothingIsShown(backups);

      assertThrows(BackupUnavailableException.class, backups::backupNow);
      shop.postgres().restart();
      assertTheNextSucceeds(backups);
    } finally {
      if (!isUp()) {
        shop.postgres().restart();
      }
    }
  }

  @Test
  void anInterruptEndsABackupWhosePgDumpWaitsForALock() throws Exception {
    try (BackupService backups = service(Place.FILES.empty(folder));
        Connection migration = shop.postgres().connect(Shop.NAME);
        Statement statement = migration.createStatement()) {
      migration.setAutoCommit(false);
      statement.execute("LOCK TABLE orders");
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread backup =
          new Thread(
              () -> {
                try {
                  assertThrows(BackupUnavailableException.class, backups::backupNow);
                  flag.complete(Thread.currentThread().isInterrupted());
                } catch (Throwable t) {
                  flag.completeExceptionally(t);
                }
              });
      backup.start();
      awaitWaitingPgDump();
      List<ProcessHandle> pgDump = Tools.running(ProcessHandle.current(), "pg_dump");
      assertEquals(1, pgDump.size());
      backup.interrupt();

      assertTrue(flag.get(20, TimeUnit.SECONDS), "the interrupt was lost");
      Tools.awaitEnd(pgDump);
      assertNothingIsShown(backups);
      migration.rollback();
      assertTheNextSucceeds(backups);
    }
  }

  @Test
  void theWholeProcessKilledInTheMiddleLeavesNothingThatIsShown() throws Exception {
    Path store = folder.resolve("store-of-the-killed");
    try (BackupProcess process = BackupProcess.inTheMiddle(shop, store)) {
      List<ProcessHandle> pgDump = Tools.running(process.handle(), "pg_dump");
      List<ProcessHandle> keeper = Tools.running(process.handle(), "psql");
      assertEquals(1, pgDump.size());

      process.kill();

      Tools.awaitEnd(pgDump);
      // It holds the lock, and has noticed that nobody listens to it any more.
      Tools.awaitEnd(keeper);
    }
    BackupStore left = FileSystemBackupStore.at(store);
    assertFalse(left.list("", "").isEmpty(), "the first chunk was not even stored");
    try (BackupService backups = service(left)) {
      assertEquals(Optional.empty(), backups.catalog().latest());
      assertTheNextSucceeds(backups);
    }
  }

  private void assertNothingIsShown(BackupService backups) {
    assertEquals(List.of(), backups.catalog().list());
    assertEquals(List.of("BackupFailed"), alerts.names());
  }

  private void assertTheNextSucceeds(BackupService backups) throws SQLException {
    BackupRecord record = backups.backupNow();
    backups.verify(record.id());
    assertEquals(List.of(record), backups.catalog().list());
    assertEquals(List.of(), alerts.names());
    String target = Shop.freshDatabase();
    backups.restoreInto(record.id(), target);
    assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint(target));
    shop.execute("postgres", "DROP DATABASE " + target);
  }

  /** And the session that holds the snapshot and reads the fingerprint. */
  private static void awaitWaitingPgDump() throws Exception {
    String waiting =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE application_name LIKE 'ops-backup%' AND wait_event_type = 'Lock'";
    for (int i = 0; i < 200; i++) {
      if (shop.query("postgres", waiting).equals("2")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("pg_dump never came to the lock");
  }

  private static boolean isUp() {
    try {
      return shop.exists(Shop.NAME);
    } catch (SQLException e) {
      return false;
    }
  }

  private BackupService service(BackupStore store) {
    return BackupService.builder(Shop.NAME)
        .strategy(shop.strategy().build())
        .store(store)
        .alerts(alerts)
        .build();
  }
}
