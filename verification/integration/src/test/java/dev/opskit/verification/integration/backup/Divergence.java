package dev.opskit.verification.integration.backup;

/** Ways in which a restored database can differ from what was backed up. */
enum Divergence {
  ROW_ADDED("INSERT INTO orders VALUES (0, 1, 'extra')", "rows public.orders"),
  ROW_LOST("DELETE FROM orders WHERE id = 4711", "rows public.orders"),
  ROW_CHANGED("UPDATE orders SET note = note || ' ' WHERE id = 4711", "rows public.orders"),
  ROW_DOUBLED("INSERT INTO log SELECT * FROM log LIMIT 1", "rows public.log"),
  ROWS_SWAPPED_THEIR_VALUES(
      "UPDATE customers SET name = (ARRAY['Zoë 2 \\ \t \n', 'Zoë 1 \\ \t \n'])[id] WHERE id < 3",
      "rows public.customers"),
  TABLE_EMPTIED("TRUNCATE log", "rows public.log"),
  TABLE_LOST("DROP TABLE spare", "table public.spare is missing"),
  TABLE_ADDED("CREATE TABLE extra (id int)", "table public.extra is not in the backup"),
  COLUMN_TYPE_CHANGED("ALTER TABLE log ALTER at TYPE date", "table public.log"),
  COLUMN_DEFAULT_LOST("ALTER TABLE log ALTER at DROP DEFAULT", "table public.log"),
  NOT_NULL_LOST("ALTER TABLE customers ALTER name DROP NOT NULL", "table public.customers"),
  SEQUENCE_BEHIND("SELECT setval('customers_id_seq', 1)", "sequence public.customers_id_seq"),
  SEQUENCE_CHANGED("ALTER SEQUENCE customers_id_seq INCREMENT 2", "sequence definition"),
  INDEX_LOST("DROP INDEX orders_customer", "index public.orders_customer is missing"),
  CONSTRAINT_LOST(
      "ALTER TABLE orders DROP CONSTRAINT orders_customer_fkey", "orders_customer_fkey is missing"),
  CONSTRAINT_NOT_VALID(
      "ALTER TABLE orders DROP CONSTRAINT note_short; ALTER TABLE orders ADD CONSTRAINT note_short"
          + " CHECK (length(note) < 1000) NOT VALID",
      "constraint public.orders note_short"),
  TRIGGER_LOST("DROP TRIGGER watched ON orders", "trigger public.orders watched is missing"),
  TRIGGER_DISABLED("ALTER TABLE orders DISABLE TRIGGER counted", "trigger public.orders counted"),
  FUNCTION_CHANGED(
      "CREATE OR REPLACE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS"
          + " 'BEGIN RETURN OLD; END'",
      "function public.watch()"),
  VIEW_CHANGED("CREATE OR REPLACE VIEW latest AS SELECT min(id) AS id FROM orders", "view"),
  GRANT_LOST("REVOKE SELECT ON orders FROM clerk", "grant relation public.orders"),
  OWNER_CHANGED("ALTER TABLE log OWNER TO clerk", "owner relation public.log"),
  SETTING_LOST("ALTER DATABASE :db RESET work_mem", "setting work_mem is missing"),
  EXTENSION_LOST("DROP EXTENSION pg_trgm", "extension pg_trgm is missing"),
  POLICY_LOST("DROP POLICY own ON log", "policy public.log own is missing"),
  ENUM_VALUE_ADDED("ALTER TYPE mood ADD VALUE 'odd'", "type public.mood"),
  COMMENT_LOST("COMMENT ON TABLE orders IS NULL", "comment table public.orders is missing"),
  LARGE_OBJECT_CHANGED("SELECT lo_put(4711, 0, 'X')", "rows large objects");

  /** What the source has of all of them. */
  static final String SOURCE =
      """
      CREATE ROLE clerk;
      CREATE EXTENSION pg_trgm;
      CREATE TABLE spare (id int);
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE TABLE log (line text, at timestamptz DEFAULT now(), mood mood);
      INSERT INTO log SELECT 'line ' || n, now(), 'good' FROM generate_series(1, 100) n;
      ALTER TABLE log ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON log TO clerk USING (line <> 'secret');
      ALTER TABLE orders ADD CONSTRAINT note_short CHECK (length(note) < 1000);
      CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER watched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION watch();
      CREATE TRIGGER counted AFTER DELETE ON orders FOR EACH ROW EXECUTE FUNCTION watch();
      GRANT SELECT ON orders TO clerk;
      COMMENT ON TABLE orders IS 'what was ordered';
      ALTER DATABASE shop SET work_mem TO '7MB';
      SELECT lo_from_bytea(4711, 'large');
      """;

  private final String sql;
  final String found;

  Divergence(String sql, String found) {
    this.sql = sql;
    this.found = found;
  }

  String sql(String database) {
    return sql.replace(":db", database);
  }
}
