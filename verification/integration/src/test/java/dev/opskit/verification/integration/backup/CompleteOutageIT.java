package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupProblem;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.RecoveryPlan;
import dev.opskit.backup.RecoveryReport;
import dev.opskit.backup.RecoveryService;
import dev.opskit.backup.RecoveryTarget;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import dev.opskit.health.Health;
import dev.opskit.testkit.backup.RecoveryTargetContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server is lost, and another one that knows nothing takes its place. */
@Timeout(300)
class CompleteOutageIT implements RecoveryTargetContract {
  private static final AtomicReference<LocalPostgres> SPARE = new AtomicReference<>();

  private static final String ROLES =
      """
      CREATE ROLE shop_owner CREATEDB;
      CREATE ROLE clerks NOINHERIT;
      CREATE ROLE auditors;
      CREATE ROLE stranger LOGIN;
      CREATE ROLE "Zoë's app" LOGIN CONNECTION LIMIT 20 PASSWORD 'swordfish'
        VALID UNTIL '2031-02-03 04:05:06+00';
      COMMENT ON ROLE "Zoë's app" IS E'it''s ours\\nand in two lines';
      ALTER ROLE "Zoë's app" SET search_path TO "$user", public;
      ALTER ROLE "Zoë's app" SET statement_timeout TO '7s';
      GRANT clerks TO "Zoë's app" WITH ADMIN OPTION;
      GRANT auditors TO clerks;
      GRANT pg_read_all_data TO auditors;
      ALTER DATABASE shop OWNER TO shop_owner;
      ALTER ROLE clerks IN DATABASE shop SET work_mem TO '7MB';
      REVOKE CONNECT ON DATABASE shop FROM PUBLIC;
      GRANT CONNECT ON DATABASE shop TO clerks WITH GRANT OPTION;
      ALTER TABLE customers OWNER TO shop_owner;
      GRANT SELECT, UPDATE (note) ON orders TO clerks;
      """;

  @TempDir static Path folder;

  private static Shop lost;

  @TempDir Path ours;

  private BackupStore store;

  @BeforeAll
  static void open() throws Exception {
    lost = Shop.open(Files.createDirectory(folder.resolve("lost")), 500);
    lost.execute(Shop.NAME, ROLES);
    new SpareServer(Files.createDirectory(folder.resolve("spare")), SPARE).provide();
  }

  @AfterAll
  static void close() {
    if (lost != null) {
      lost.close();
    }
    if (SPARE.get() != null) {
      SPARE.get().close();
    }
  }

  @BeforeEach
  void emptyTheSpare() throws SQLException {
    store = Place.FILES.empty(ours);
    Shop spare = Shop.on(SPARE.get());
    for (String statement :
        List.of(
            "SELECT coalesce(string_agg(format('DROP DATABASE %I', datname), ';'), '')"
                + " FROM pg_database WHERE datname LIKE 'shop%'",
            "SELECT coalesce(string_agg(format('DROP ROLE %I', rolname), ';'), '')"
                + " FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user")) {
      for (String each : spare.query("postgres", statement).split(";")) {
        spare.execute("postgres", each);
      }
    }
  }

  @Override
  public RecoveryTarget target() {
    return new SpareServer(folder.resolve("spare"), SPARE);
  }

  @Override
  public BackupStrategy source() {
    return lost.strategy().build();
  }

  @Override
  public Optional<String> live() throws SQLException {
    return Shop.on(SPARE.get()).fingerprintIfThere(Shop.NAME);
  }

  @Test
  void ownersGrantsMembershipsAndAllDataAreBackOnAServerThatKnewNothing() throws Exception {
    Shop spare = Shop.on(SPARE.get());
    spare.execute("postgres", "CREATE ROLE auditors CREATEROLE CONNECTION LIMIT 3");
    String itsOwn = roles(spare, "auditors");
    String data = lost.fingerprint(Shop.NAME);
    String rights = rights(lost);
    String roles = roles(lost, "shop_owner", "clerks", "Zoë's app");
    Health health = Health.builder().start();
    MaintenanceMode maintenance = health.maintenance();
    List<String> handedOver = new ArrayList<>();
    RecoveryTarget target =
        new SpareServer(folder.resolve("spare"), SPARE) {
          @Override
          public void handOver() throws Exception {
            assertTrue(maintenance.current().isPresent());
            handedOver.add(spare.fingerprint(Shop.NAME));
          }
        };
    RecoveryReport report;
    try (health;
        BackupService backups = service(lost)) {
      backups.verify(backups.backupNow().id());
      lost.postgres().kill();
      report =
          RecoveryService.of(backups, maintenance, AlertSink.none())
              .run(RecoveryPlan.completeOutage(Shop.NAME, target));
    } finally {
      lost.postgres().restart();
    }

    System.out.println(report.toMarkdown());
    assertEquals(
        List.of("maintenance-on", "target", "globals", "restore", "hand-over", "maintenance-off"),
        report.steps().stream().map(RecoveryReport.Step::name).toList());
    assertFalse(maintenance.current().isPresent());
    assertEquals(List.of(data), handedOver);
    assertEquals(data, spare.fingerprint(Shop.NAME));
    assertEquals(rights, rights(spare));
    assertEquals(roles, roles(spare, "shop_owner", "clerks", "Zoë's app"));
    assertEquals(itsOwn, roles(spare, "auditors"), "what was there was changed");
    assertEquals("", roles(spare, "stranger"));
    assertEquals(
        "created: [role \"Zoë's app\" without password, role clerks, role shop_owner]",
        report.steps().get(2).note());
    assertEquals(
        "0",
        spare.query("postgres", "SELECT count(rolpassword) FROM pg_authid WHERE rolname ~ 'Zo'"));
  }

  @Test
  void whatTheServerLacksAndNobodyCanMakeIsSaidBeforeAnythingIsRestored() throws Exception {
    lost.execute(Shop.NAME, "CREATE TABLE cold (id int)");
    // For servers that may have no folder but their own.
    lost.execute(Shop.NAME, "ALTER ROLE orders SET allow_in_place_tablespaces TO on");
    lost.execute(Shop.NAME, "CREATE TABLESPACE slow LOCATION ''");
    lost.execute(Shop.NAME, "ALTER ROLE orders RESET ALL");
    lost.execute(Shop.NAME, "ALTER TABLE cold SET TABLESPACE slow");
    String id;
    try (BackupService backups = service(lost)) {
      id = backups.backupNow().id();
    } finally {
      lost.execute(Shop.NAME, "DROP TABLE cold");
      lost.execute(Shop.NAME, "DROP TABLESPACE slow");
    }
    try (BackupService backups = service(Shop.on(SPARE.get()))) {
      assertEquals(
          List.of(
              "the server does not have the tablespace slow",
              "the server does not have the role clerks",
              "the server does not have the role shop_owner"),
          what(backups, id));
      assertEquals(4, backups.restores().globals(id).size());
      assertEquals(List.of(), backups.restores().globals(id), "they are there");
      assertEquals(List.of("the server does not have the tablespace slow"), what(backups, id));
      assertThrows(BackupRefusedException.class, () -> backups.restores().swapIn(id));
    }
  }

  @Test
  void whoMayNotCreateRolesIsToldSoAndNothingHasChanged() throws Exception {
    String id;
    try (BackupService backups = service(lost)) {
      id = backups.backupNow().id();
    }
    Shop spare = Shop.on(SPARE.get());
    spare.execute("postgres", "CREATE ROLE humble LOGIN CREATEDB PASSWORD 'humble'");
    try (BackupService backups =
        BackupService.builder(Shop.NAME)
            .strategy(
                PostgresBackup.of(
                    new PostgresServer("127.0.0.1", spare.postgres().port(), Shop.NAME, "humble"),
                    "humble"::toCharArray))
            .store(store)
            .build()) {
      BackupRefusedException refused =
          assertThrows(BackupRefusedException.class, () -> backups.restores().globals(id));
      assertTrue(refused.getMessage().contains("create them by hand"), refused.getMessage());
      assertEquals("", roles(spare, "shop_owner", "clerks", "Zoë's app"));
    }
  }

  @Test
  void aBackupFromBeforeRolesWereInItIsStillRestored() throws Exception {
    String id;
    BackupStrategy strategy = lost.strategy().build();
    try (BackupService backups =
        BackupService.builder(Shop.NAME)
            .strategy(new WithoutGlobals(strategy))
            .store(store)
            .build()) {
      id = backups.backupNow().id();
    }
    try (BackupService backups = service(Shop.on(SPARE.get()))) {
      assertEquals(List.of(), backups.restores().globals(id));
      for (BackupProblem problem : backups.restores().preflight(id)) {
        Shop.on(SPARE.get()).execute("postgres", problem.mend());
      }
      backups.restores().swapIn(id);
      assertEquals(Optional.of(lost.fingerprint(Shop.NAME)), live());
    }
  }

  private static List<String> what(BackupService backups, String id) {
    return backups.restores().preflight(id).stream().map(BackupProblem::what).toList();
  }

  private static String rights(Shop shop) throws SQLException {
    return shop.query(
        Shop.NAME,
        """
        SELECT concat_ws(' | ', pg_get_userbyid(datdba),
          (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(datacl) a),
          (SELECT string_agg(concat(setrole::regrole, ' ', setconfig), ',' ORDER BY setrole::regrole::text)
             FROM pg_db_role_setting WHERE setdatabase = d.oid),
          (SELECT string_agg(concat_ws(' ', oid::regclass, relowner::regrole, relacl), ',' ORDER BY relname)
             FROM pg_class WHERE relnamespace = 'public'::regnamespace),
          (SELECT string_agg(concat_ws(' ', attrelid::regclass, attname, attacl), ',')
             FROM pg_attribute WHERE attacl IS NOT NULL AND attrelid = 'orders'::regclass))
        FROM pg_database d WHERE datname = current_database()
        """);
  }

  private static String roles(Shop shop, String... names) throws SQLException {
    return shop.query(
        "postgres",
        """
        SELECT coalesce(string_agg(concat_ws(' ', rolname, rolsuper, rolinherit, rolcreaterole,
          rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil, rolconfig,
          shobj_description(r.oid, 'pg_authid'),
          (SELECT string_agg(concat(m.roleid::regrole, ' ', m.admin_option), ',' ORDER BY m.roleid::regrole::text)
             FROM pg_auth_members m WHERE m.member = r.oid)), E'\\n' ORDER BY rolname), '')
        FROM pg_roles r WHERE rolname IN ('%s')
        """
            .formatted(String.join("', '", names).replace("Zoë's", "Zoë''s")));
  }

  private BackupService service(Shop shop) {
    return BackupService.builder(Shop.NAME).strategy(shop.strategy().build()).store(store).build();
  }
}
