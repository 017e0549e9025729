package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupMark;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.RestorePoint;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restored database takes the place of the live one, and gives it back. */
@Timeout(300)
class PostgresSwapIT {
  private static final int ORDERS = Integer.getInteger("opskit.swap.orders", 30_000);

  private static final int CLIENTS = Integer.getInteger("opskit.swap.clients", 8);
  private static final int TWO_CHUNKS = 200_000;

  @TempDir Path folder;

  private final ManualTimeSource time = new ManualTimeSource();
  private Shop shop;
  private BackupStore store;

  @BeforeEach
  void open(TestInfo test) throws SQLException {
    shop = Shop.open(folder, test.getTags().contains("large") ? TWO_CHUNKS : ORDERS);
    store = Place.FILES.empty(folder);
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void whatWasBackedUpIsLiveAndAnUndoTakesItBack() throws SQLException {
    shop.execute(
        Shop.NAME,
        """
        CREATE ROLE clerk;
        ALTER DATABASE shop SET work_mem TO '7MB';
        ALTER DATABASE shop SET search_path TO "$user", public;
        ALTER ROLE clerk IN DATABASE shop SET statement_timeout TO '1min';
        COMMENT ON DATABASE shop IS 'it''s ours';
        REVOKE CONNECT ON DATABASE shop FROM PUBLIC;
        GRANT CONNECT, TEMPORARY ON DATABASE shop TO clerk WITH GRANT OPTION;
        GRANT SELECT ON orders TO clerk;
        ALTER TABLE customers OWNER TO clerk;
        """);
    String rights = rights(Shop.NAME);
    List<String> probed = new ArrayList<>();
    try (BackupService backups = service()) {
      String good = backups.backupNow().id();
      String before = shop.fingerprint(Shop.NAME);
      shop.execute(Shop.NAME, "DELETE FROM orders WHERE id > 10; ALTER DATABASE shop RESET ALL");
      String damaged = shop.fingerprint(Shop.NAME);

      Optional<RestorePoint> old = backups.restores().swapIn(good, probed::add);

      assertEquals(before, shop.fingerprint(Shop.NAME));
      assertEquals(rights, rights(Shop.NAME));
      assertEquals(damaged, shop.fingerprint(old.orElseThrow().target()));
      assertEquals(List.of(old.get()), backups.restores().points());
      assertEquals(2, probed.size(), "probed before and after: " + probed);
      assertEquals(Shop.NAME, probed.get(1));
      assertEquals(1, backups.catalog().list().size(), "a restore point is no backup");
      assertFalse(backups.catalog().marked().get(0).is(BackupMark.PINNED), "the pin is left");

      time.advance(Duration.ofHours(1));
      backups.restores().undo();
      assertEquals(damaged, shop.fingerprint(Shop.NAME));
      time.advance(Duration.ofHours(1));
      backups.restores().undo();
      assertEquals(before, shop.fingerprint(Shop.NAME));

      time.advance(Duration.ofHours(71));
      assertEquals(List.of(), backups.restores().dropExpired());
      assertEquals(1, backups.restores().points().size());
      time.advance(Duration.ofHours(2));
      assertEquals(1, backups.restores().dropExpired().size());
      assertThrows(BackupRefusedException.class, () -> backups.restores().undo());
      assertEquals(before, shop.fingerprint(Shop.NAME));
    }
  }

  @Test
  void aProbeThatFailsChangesNothing() throws SQLException {
    try (BackupService backups = service()) {
      String id = backups.backupNow().id();
      shop.execute(Shop.NAME, "DELETE FROM orders WHERE id > 10");
      String live = shop.fingerprint(Shop.NAME);
      List<String> databases = databases();

      BackupRefusedException early =
          assertThrows(
              BackupRefusedException.class,
              () -> backups.restores().swapIn(id, target -> fail("too few")));
      assertTrue(early.getMessage().contains("too few"), early.getMessage());
      assertEquals(live, shop.fingerprint(Shop.NAME));
      assertEquals(databases, databases());

      BackupRefusedException late =
          assertThrows(
              BackupRefusedException.class,
              () ->
                  backups
                      .restores()
                      .swapIn(id, target -> assertFalse(target.equals(Shop.NAME), "live")));
      assertTrue(late.getMessage().contains("the old data is live again"), late.getMessage());
      assertEquals(live, shop.fingerprint(Shop.NAME));
    }
  }

  @Test
  void aDatabaseThatSomebodyDroppedComesBack() throws SQLException {
    try (BackupService backups = service()) {
      String id = backups.backupNow().id();
      String before = shop.fingerprint(Shop.NAME);
      shop.execute("postgres", "DROP DATABASE shop");

      assertEquals(Optional.empty(), backups.restores().swapIn(id));

      assertEquals(before, shop.fingerprint(Shop.NAME));
    }
  }

  @Test
  void inPlaceEverythingIsReplacedAndWhatCameLaterIsGone() throws SQLException {
    try (BackupService backups = service()) {
      String id = backups.backupNow().id();
      String before = shop.fingerprint(Shop.NAME);
      shop.execute(
          Shop.NAME,
          """
          CREATE VIEW later AS SELECT * FROM orders;
          CREATE SCHEMA more; CREATE TABLE more.things (id int);
          CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
          CREATE TYPE mood AS ENUM ('good', 'bad');
          DELETE FROM orders WHERE id > 10;
          """);

      backups.restores().inPlace(id);

      assertEquals(before, shop.fingerprint(Shop.NAME));
      assertEquals(
          "0", shop.query(Shop.NAME, "SELECT count(*) FROM pg_namespace WHERE nspname = 'more'"));
    }
  }

  @Test
  @Tag("large")
  void anInPlaceRestoreWhoseToolIsKilledChangesNothing() throws SQLException {
    StepStore killing = new StepStore(store);
    try (BackupService backups =
        BackupService.builder("shop").strategy(shop.strategy().build()).store(killing).build()) {
      var record = backups.backupNow();
      shop.execute(Shop.NAME, "DELETE FROM orders WHERE id > 10");
      String live = shop.fingerprint(Shop.NAME);
      killing.inTheMiddleOfLoading(() -> Tools.kill("pg_restore"));

      assertThrows(RuntimeException.class, () -> backups.restores().inPlace(record.id()));

      assertEquals(live, shop.fingerprint(Shop.NAME));
    }
  }

  /** How clients log in; to derive a key from a password takes more than all the rest. */
  private enum Login {
    SCRAM,
    TRUST
  }

  @ParameterizedTest
  @EnumSource
  void clientsThatReconnectAsFastAsTheyCanHardlyNoticeASwap(Login login) throws Exception {
    String question = "SELECT count(*) FROM orders WHERE id = " + ORDERS;
    Clients.Entrance entrance = entrance(login);
    try (BackupService backups = service()) {
      String id = backups.backupNow().id();
      Duration swap;
      Duration undo;
      try (Clients clients = Clients.start(CLIENTS, entrance, question)) {
        backups.restores().swapIn(id);
        clients.awaitAnswers();
        swap = clients.unavailable();
        assertEquals(CLIENTS, clients.sentAway());
      }
      try (Clients clients = Clients.start(CLIENTS, entrance, question)) {
        backups.restores().undo();
        clients.awaitAnswers();
        undo = clients.unavailable();
      }
      Duration sentAway = sentAway(entrance, question);
      Duration inPlace = pgRestoreInPlace(entrance, question);
      System.out.printf(
          "%d clients, %s, p99 without an answer: swap %d ms, undo %d ms, sent away and nothing"
              + " else %d ms, pg_restore --clean %d ms: %.0f times as long%n",
          CLIENTS,
          login,
          swap.toMillis(),
          undo.toMillis(),
          sentAway.toMillis(),
          inPlace.toMillis(),
          (double) inPlace.toNanos() / Math.max(swap.toNanos(), undo.toNanos()));
      // The figures are for a quiet machine; this bound is for one that is not.
      assertTrue(swap.toSeconds() < 5 && undo.toSeconds() < 5, swap + ", " + undo);
    }
  }

  private Clients.Entrance entrance(Login login) throws Exception {
    if (login == Login.SCRAM) {
      return () -> shop.postgres().connect(Shop.NAME);
    }
    shop.execute(Shop.NAME, "CREATE ROLE client LOGIN; GRANT SELECT ON orders TO client");
    Path rules = Path.of(shop.query("postgres", "SHOW hba_file"));
    Files.writeString(rules, "host all client 127.0.0.1/32 trust\n" + Files.readString(rules));
    shop.query("postgres", "SELECT pg_reload_conf()");
    String url = shop.postgres().jdbcUrl(Shop.NAME) + "?connectTimeout=5&socketTimeout=60";
    return () -> DriverManager.getConnection(url, "client", "");
  }

  /** What it takes them to be back, without any swap. */
  private Duration sentAway(Clients.Entrance entrance, String question) throws Exception {
    try (Clients clients = Clients.start(CLIENTS, entrance, question)) {
      shop.query(
          "postgres",
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'shop'");
      clients.awaitAnswers();
      return clients.unavailable();
    }
  }

  /** What is done without this library, on the same data. */
  private Duration pgRestoreInPlace(Clients.Entrance entrance, String question) throws Exception {
    Path archive = folder.resolve("shop.dump");
    run("pg_dump", "--format=custom", "--file=" + archive, Shop.NAME);
    try (Clients clients = Clients.start(CLIENTS, entrance, question)) {
      run("pg_restore", "--clean", "--if-exists", "--dbname=" + Shop.NAME, archive.toString());
      clients.awaitAnswers();
      return clients.unavailable();
    }
  }

  private void run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(shop.postgres().port()));
    builder.environment().put("PGUSER", shop.postgres().user());
    builder.environment().put("PGPASSWORD", shop.postgres().password());
    Process process = builder.start();
    assertTrue(process.waitFor(200, TimeUnit.SECONDS), "it does not end");
    assertEquals(0, process.exitValue());
  }

  private String rights(String database) throws SQLException {
    return shop.query(
        "postgres",
        """
        SELECT concat_ws(' | ', pg_get_userbyid(datdba),
          (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(datacl) a),
          shobj_description(d.oid, 'pg_database'),
          (SELECT string_agg(concat(setrole::regrole, ' ', c), ',' ORDER BY setrole, c)
             FROM pg_db_role_setting, unnest(setconfig) c WHERE setdatabase = d.oid))
        FROM pg_database d WHERE datname = '%s'
        """
            .formatted(database));
  }

  private List<String> databases() throws SQLException {
    return List.of(
        shop.query("postgres", "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database")
            .split(" "));
  }

  private static void fail(String why) {
    throw new IllegalStateException(why);
  }

  private BackupService service() {
    return BackupService.builder("shop")
        .strategy(shop.strategy().time(time).build())
        .store(store)
        .time(time)
        .build();
  }
}
