package dev.opskit.verification.integration.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.postgresql.ds.PGSimpleDataSource;

/** What is dumped to be measured. The sizes are those of an uncompressed dump, roughly. */
enum SampleData {
  /** Names, addresses, numbers, times, UUIDs, JSON, and a fifth of it binary. */
  MIXED {
    @Override
    String sql(int megabytes) {
      return """
      CREATE TABLE customers (id bigint PRIMARY KEY, name text, email text, city text,
        created timestamptz, balance numeric(12,2), ref uuid);
      INSERT INTO customers SELECT n,
          (array['Anna','Bernd','Chloé','Dmitri','Elif','Frank','Gülay','Hiro'])[1 + n %% 8]
            || ' ' || initcap(substr(md5(n::text), 1, 7)),
          substr(md5(n::text), 1, 9) || '@example.com',
          (array['Berlin','Paris','Oslo','Rome','Madrid'])[1 + n %% 5],
          '2024-01-01'::timestamptz + n * interval '37 seconds',
          (n::bigint * 7919 %% 1000000) / 100.0, gen_random_uuid()
        FROM generate_series(1, %1$d * 2778) n;
      CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint, ref uuid, status text,
        total numeric(12,2), placed timestamptz, doc jsonb);
      INSERT INTO orders SELECT n, 1 + n * 31 %% 500000, gen_random_uuid(),
          (array['open','paid','shipped','returned'])[1 + (n %% 4)::int],
          (random() * 1000)::numeric(12,2),
          '2025-01-01'::timestamptz + n * interval '11 seconds',
          jsonb_build_object('sku', 'S-' || n %% 5000, 'qty', 1 + n %% 9,
            'price', (random() * 100)::numeric(8,2),
            'note', repeat('lorem ipsum ', (n %% 4)::int), 'tags', array['a', 'b'])
        FROM generate_series(1, %1$d * 2778) n;
      CREATE TABLE attachments (id int PRIMARY KEY, body bytea);
      INSERT INTO attachments SELECT n,
          (SELECT decode(string_agg(md5(random()::text || n || i), ''), 'hex')
             FROM generate_series(1, 120) i)
        FROM generate_series(1, %1$d * 50) n;
      """
          .formatted(megabytes);
    }
  },
  /** As pgbench makes it: it compresses to nearly nothing. */
  PGBENCH {
    @Override
    String sql(int megabytes) {
      return """
      CREATE TABLE pgbench_accounts (aid int PRIMARY KEY, bid int, abalance int,
        filler char(84));
      INSERT INTO pgbench_accounts SELECT n, 1 + n / 100000, 0, ''
        FROM generate_series(1, %d * 10300) n;
      """
          .formatted(megabytes);
    }
  };

  abstract String sql(int megabytes);

  String database() {
    return name().toLowerCase(Locale.ROOT);
  }

  void create(Shop shop, int megabytes) throws SQLException {
    shop.execute("postgres", "CREATE DATABASE " + database());
    // Much data takes longer than the shop's own connections would wait.
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(shop.postgres().jdbcUrl(database()));
    source.setUser(shop.postgres().user());
    source.setPassword(shop.postgres().password());
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql(megabytes));
      statement.execute("CHECKPOINT");
    }
  }
}
