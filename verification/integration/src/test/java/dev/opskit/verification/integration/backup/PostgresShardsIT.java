package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresBackupBuilder;
import dev.opskit.backup.postgres.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dumps by several pg_dump processes at once are as whole as those by one. */
@Timeout(300)
class PostgresShardsIT {
  private static final String ODD = "odd";

  @TempDir static Path folder;

  private static Shop shop;

  private final RaisedAlerts alerts = new RaisedAlerts();

  @BeforeAll
  static void open() throws SQLException {
    shop = Shop.open(folder, 1_000);
    // One for each archive; what is left of one beside the chunk that is stored and the next does
    // not fit into pipe and socket.
    shop.execute(
        Shop.NAME,
        """
        INSERT INTO orders SELECT n, 1, repeat(md5(n::text), 3) FROM generate_series(2000, 360000) n;
        CREATE TABLE more AS SELECT * FROM orders;
        CREATE TABLE yet_more AS SELECT * FROM orders;
        ANALYZE;
        """);
    shop.execute("postgres", "CREATE DATABASE " + ODD);
    shop.execute(ODD, OddTables.SQL);
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
    Tools.awaitEnd(Tools.running(ProcessHandle.current(), "pg_restore"));
  }

  @Test
  void everyTableIsDumpedOnceAndWhatCannotBeNamedStaysInTheFirstArchive() throws Exception {
    Map<String, ByteArrayOutputStream> streams = Collections.synchronizedMap(new LinkedHashMap<>());
    BackupStrategy sharded = odd().shards(3).build();

    sharded.dump(name -> streams.computeIfAbsent(name, n -> new ByteArrayOutputStream()));

    assertEquals(
        List.of(
            "database",
            "database-1",
            "database-2",
            "database-post-data",
            "settings",
            "globals",
            "fingerprint"),
        List.copyOf(streams.keySet()));
    List<String> inTheFirst = new ArrayList<>();
    for (String table : tables()) {
      List<String> holders =
          streams.keySet().stream()
              .filter(stream -> text(streams.get(stream)).contains("COPY " + table + " ("))
              .toList();
      assertEquals(1, holders.size(), table + " is in " + holders);
      if (holders.get(0).equals("database")) {
        inTheFirst.add(table);
      }
    }
    assertEquals(
        List.of("public.\"a\tb\"", "public.\"😀\"", "public.revoked"),
        inTheFirst.stream().sorted().toList());
    assertFalse(text(streams.get("database")).contains("CREATE INDEX"));
    assertTrue(text(streams.get("database-post-data")).contains("CREATE INDEX"));
  }

  @Test
  void aShardedBackupIsRestoredToWhatWasThere() throws Exception {
    String before = PlainText.of(shop, ODD);
    BackupStore store = Place.FILES.empty(folder);
    String id;
    try (BackupService backups = service(store, odd().shards(3).build())) {
      id = backups.backupNow().id();
      backups.verify(id);
      backups.restores().drill(id);
    }
    // How many it was taken by is no matter of who restores it.
    try (BackupService backups = service(store, odd().build())) {
      backups.restoreInto(id, "copy");
      assertEquals(before, PlainText.of(shop, "copy"));

      var refused =
          assertThrows(BackupRefusedException.class, () -> backups.restores().inPlace(id));
      assertTrue(refused.getMessage().contains("large objects"), refused.getMessage());
      assertEquals(before, PlainText.of(shop, ODD));
    }
  }

  @Test
  void aShardedBackupIsRestoredInPlace() throws SQLException {
    PostgresBackup sharded = shop.strategy().shards(3).build();
    try (BackupService backups = service(Place.FILES.empty(folder), sharded)) {
      String id = backups.backupNow().id();
      String before = shop.fingerprint(Shop.NAME);
      shop.execute(Shop.NAME, "DELETE FROM orders WHERE id < 100; DROP TABLE more");

      backups.restores().inPlace(id);

      assertEquals(before, shop.fingerprint(Shop.NAME));
      // For the next one to have shards again.
      shop.execute(Shop.NAME, "ANALYZE");
    }
  }

  @Test
  void oneOfSeveralThatIsKilledFailsTheBackup() throws SQLException {
    BackupStore store = Place.FILES.empty(folder);
    StepStore killing =
        new StepStore(store)
            .afterTheFirstChunk("database-1", () -> kill("pg_dump", "--strict-names"));
    try (BackupService backups = service(killing, shop.strategy().shards(3).build())) {
      var failure = assertThrows(BackupUnavailableException.class, backups::backupNow);

      assertTrue(failure.getMessage().contains("status 137"), failure.getMessage());
      Tools.awaitEnd(Tools.running(ProcessHandle.current(), "pg_dump"));
      assertFalse(store.list("", "").isEmpty(), "the first chunk was not even stored");
      assertEquals(List.of(), backups.catalog().list());
      assertEquals(List.of("BackupFailed"), alerts.names());
      backups.backupNow();
    }
  }

  @Test
  void oneOfSeveralThatIsKilledFailsTheRestoreAndLeavesNoDatabase() throws SQLException {
    StepStore killing = new StepStore(Place.FILES.empty(folder));
    String target = Shop.freshDatabase();
    try (BackupService backups = service(killing, shop.strategy().shards(3).build())) {
      String id = backups.backupNow().id();
      killing.inTheMiddleOfLoading("database-1", () -> kill("pg_restore", "pg_restore"));

      assertThrows(BackupUnavailableException.class, () -> backups.restoreInto(id, target));

      assertFalse(shop.exists(target));
      Tools.awaitEnd(Tools.running(ProcessHandle.current(), "pg_restore"));
      backups.restoreInto(id, target);
      assertEquals(shop.fingerprint(Shop.NAME), shop.fingerprint(target));
    }
  }

  @Test
  void aMigrationOfATableInAShardMakesTheBackupGiveWay() throws SQLException {
    BackupStore store =
        new StepStore(Place.FILES.empty(folder))
            .afterTheFirstChunk(() -> execute("ALTER TABLE orders ADD COLUMN migrated int"));
    PostgresBackup polite = shop.strategy().shards(3).giveWayAfter(Duration.ofSeconds(1)).build();
    try (BackupService backups = service(store, polite)) {
      var gaveWay = assertThrows(BackupUnavailableException.class, backups::backupNow);

      assertTrue(gaveWay.getMessage().contains("gave way"), gaveWay.getMessage());
      assertEquals(List.of(), backups.catalog().list());
    }
  }

  private static PostgresBackupBuilder odd() {
    return PostgresBackup.builder(
        new PostgresServer("127.0.0.1", shop.postgres().port(), ODD, shop.postgres().user()),
        shop.postgres().password()::toCharArray);
  }

  private List<String> tables() throws SQLException {
    return List.of(
        shop.query(
                ODD,
                """
                SELECT string_agg(format('%I.%I', n.nspname, c.relname), E'\\x1f')
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                  AND c.relname <> 'of_an_extension'
                """)
            .split("\u001f"));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private static void kill(String tool, String argument) {
    List<ProcessHandle> running =
        Tools.running(ProcessHandle.current(), tool).stream()
            .filter(process -> CommandLine.of(process).contains(argument))
            .toList();
    assertFalse(running.isEmpty(), "none runs with " + argument);
    running.get(0).destroyForcibly();
    Tools.awaitEnd(running.subList(0, 1));
  }

  private void execute(String sql) {
    try {
      shop.execute(Shop.NAME, sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private BackupService service(BackupStore store, PostgresBackup strategy) {
    return BackupService.builder("shop").strategy(strategy).store(store).alerts(alerts).build();
  }
}
