package dev.opskit.verification.integration.backup;

/** Tables that are easily dumped twice, not at all, or loaded in the wrong order. */
final class OddTables {
  /**
   * All have data. The one whose name no pattern of pg_dump can say is so large that all that can
   * be is moved out of its archive.
   */
  static final String SQL =
      """
      CREATE ROLE clerk;
      CREATE EXTENSION pg_trgm;
      CREATE SCHEMA a;
      CREATE SCHEMA "Ünï.Code";
      CREATE FUNCTION fill(name text) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE 'CREATE TABLE ' || name || ' (id int PRIMARY KEY, note text)';
        EXECUTE 'INSERT INTO ' || name || ' SELECT n, md5(n || $1) FROM generate_series(1, 1000) n'
          USING name;
      END $$;
      -- Each pair would be one to a pattern that is not quoted.
      SELECT fill(name) FROM unnest(ARRAY['"Upper"', 'upper', '"a.b"', 'a.b', '"café"', 'cafe',
        '"caf?"', '"Ünï.Code"."or.der""s $?*+(x)|[y]\\z"', '"Ünï.Code".plain', '"ends with é"',
        '"éé""é"', '"a b"', '"--table=x"', '"größe"', 'revoked']) name;
      SELECT fill(E'"a\\tb"');
      CREATE TABLE "😀" (id int, note text);
      INSERT INTO "😀" SELECT n, repeat(md5(n::text), 10) FROM generate_series(1, 20000) n;
      CREATE TABLE of_an_extension AS SELECT n FROM generate_series(1, 2000) n;
      ALTER EXTENSION pg_trgm ADD TABLE of_an_extension;
      ALTER TABLE revoked OWNER TO clerk;
      REVOKE ALL ON revoked FROM clerk;
      GRANT SELECT ON upper TO clerk WITH GRANT OPTION;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO clerk;

      CREATE TABLE measures (at int, value int, PRIMARY KEY (at)) PARTITION BY RANGE (at);
      CREATE TABLE measures_low PARTITION OF measures FOR VALUES FROM (0) TO (2000);
      CREATE TABLE measures_high PARTITION OF measures FOR VALUES FROM (2000) TO (4000)
        PARTITION BY LIST (at);
      CREATE TABLE measures_rest PARTITION OF measures_high DEFAULT;
      INSERT INTO measures SELECT n, n FROM generate_series(0, 3999) n;
      CREATE TABLE parent (id int, note text);
      CREATE TABLE child (more text) INHERITS (parent);
      INSERT INTO parent SELECT n, 'parent' FROM generate_series(1, 1000) n;
      INSERT INTO child SELECT n, 'child', 'more' FROM generate_series(1, 1000) n;
      CREATE UNLOGGED TABLE unlogged AS SELECT n FROM generate_series(1, 2000) n;
      CREATE FOREIGN DATA WRAPPER nothing;
      CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
      CREATE FOREIGN TABLE far (id int) SERVER nowhere;
      SELECT lo_from_bytea(4711, 'large'), lo_from_bytea(4712, decode(repeat('ab', 9999), 'hex'));
      COMMENT ON LARGE OBJECT 4711 IS 'known';

      CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, old serial,
        twice int GENERATED ALWAYS AS (old * 2) STORED, name text NOT NULL,
        EXCLUDE USING gist (name gist_trgm_ops WITH =) WHERE (id < 0));
      INSERT INTO numbered (name) SELECT 'n' || n FROM generate_series(1, 2000) n;
      SELECT setval('numbered_id_seq', 5000), setval('numbered_old_seq', 77, false);
      CREATE SEQUENCE alone; SELECT setval('alone', 42);
      CREATE TABLE refers (id int REFERENCES numbered, up int REFERENCES upper, note text);
      INSERT INTO refers SELECT n, 1 + n % 1000, 'note' FROM generate_series(1, 2000) n;
      ALTER TABLE upper ADD CONSTRAINT short CHECK (length(note) < 10) NOT VALID;
      CREATE STATISTICS both_columns ON id, up FROM refers;

      CREATE VIEW by_key AS SELECT id, note, count(*) FROM upper GROUP BY id;
      CREATE MATERIALIZED VIEW totals AS SELECT up, count(*) AS total FROM refers GROUP BY up;
      CREATE UNIQUE INDEX ON totals (up);
      CREATE MATERIALIZED VIEW of_totals AS SELECT sum(total) FROM totals;
      CREATE MATERIALIZED VIEW keyed AS SELECT id, name FROM numbered GROUP BY id;
      CREATE MATERIALIZED VIEW empty AS SELECT * FROM upper WITH NO DATA;

      -- None of these may act while data is loaded.
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN NEW.note = 'touched'; RETURN NEW; END$$;
      CREATE TRIGGER touched BEFORE INSERT ON refers FOR EACH ROW EXECUTE FUNCTION touch();
      ALTER TABLE refers ENABLE ALWAYS TRIGGER touched;
      CREATE RULE ignored AS ON INSERT TO cafe DO INSTEAD NOTHING;
      ALTER TABLE cafe ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON cafe USING (id > 10);
      CREATE PUBLICATION published FOR TABLE upper, measures;
      CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE 'no indexes any more'; END$$;
      CREATE EVENT TRIGGER forbidden ON ddl_command_start WHEN TAG IN ('CREATE INDEX')
        EXECUTE FUNCTION forbid();
      ANALYZE;
      """;

  private OddTables() {}
}
