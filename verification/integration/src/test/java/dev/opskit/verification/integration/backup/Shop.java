package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresBackupBuilder;
import dev.opskit.backup.postgres.PostgresServer;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A database with a bit of everything, on a real server of its own. */
final class Shop implements AutoCloseable {
  static final String NAME = "shop";

  /** Differs as soon as a value, a constraint, an index, a view or a sequence does. */
  static final String FINGERPRINT =
      """
          SELECT concat_ws(' | ',
            (SELECT string_agg(relname::text || relkind::text, ',' ORDER BY relname) FROM pg_class
               WHERE relnamespace = 'public'::regnamespace),
            (SELECT string_agg(indexdef, ',' ORDER BY indexname) FROM pg_indexes
               WHERE schemaname = 'public'),
            (SELECT string_agg(pg_get_constraintdef(oid), ',' ORDER BY conname) FROM pg_constraint
               WHERE connamespace = 'public'::regnamespace),
            (SELECT definition FROM pg_views WHERE viewname = 'latest'),
            (SELECT last_value FROM customers_id_seq),
            (SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM customers c),
            (SELECT count(*) FROM orders),
            (SELECT sum(hashtextextended(o::text, 0)) FROM orders o))
      """;

  private final LocalPostgres postgres;

  private Shop(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * @param orders of 100 bytes each
   */
  static Shop open(Path folder, int orders) throws SQLException {
    Tools.require();
    Shop shop = new Shop(LocalPostgres.start(folder));
    shop.execute("postgres", "CREATE DATABASE " + NAME);
    shop.execute(
        NAME,
        """
        CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL, photo bytea);
        INSERT INTO customers (name, photo)
          SELECT 'Zoë ' || n || E' \\\\ \\t \\n', decode(md5(n::text), 'hex')
          FROM generate_series(1, 100) n;
        CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, note text);
        INSERT INTO orders
          SELECT n, 1 + n %% 100, md5(n::text) || md5(n::text || 'a') || md5(n::text || 'b')
          FROM generate_series(1, %d) n;
        CREATE INDEX orders_customer ON orders (customer);
        CREATE VIEW latest AS SELECT max(id) AS id FROM orders;
        SELECT setval('customers_id_seq', 4711);
        """
            .formatted(orders));
    return shop;
  }

  /** What a server holds that was not made for it. */
  static Shop on(LocalPostgres postgres) {
    return new Shop(postgres);
  }

  LocalPostgres postgres() {
    return postgres;
  }

  PostgresBackupBuilder strategy() {
    return strategy(postgres.password());
  }

  PostgresBackupBuilder strategy(String toolPassword) {
    return PostgresBackup.builder(server(), toolPassword::toCharArray);
  }

  PostgresServer server() {
    return new PostgresServer("127.0.0.1", postgres.port(), NAME, postgres.user());
  }

  static String freshDatabase() {
    return "restored_" + UUID.randomUUID().toString().replace('-', '_');
  }

  boolean exists(String database) throws SQLException {
    return !query(
            "postgres",
            "SELECT coalesce(max(datname), '') FROM pg_database WHERE datname = '%s'"
                .formatted(database))
        .isEmpty();
  }

  String fingerprint(String database) throws SQLException {
    return query(database, FINGERPRINT);
  }

  Optional<String> fingerprintIfThere(String database) throws SQLException {
    return exists(database) ? Optional.of(fingerprint(database)) : Optional.empty();
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String query(String database, String sql) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Those of a runner that was killed notice it by and by. */
  void awaitEndOfBackupSessions() throws SQLException, InterruptedException {
    String sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'ops-backup%'";
    for (int i = 0; !query("postgres", sessions).equals("0"); i++) {
      assertTrue(i < 600, "sessions of a run that was killed are still there");
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
