-- Drops all that users have made in this database. The schema public stays, as every database has
-- it; what is in it goes.
DO $$
DECLARE
  statement text;
BEGIN
  FOR statement IN
    SELECT format('DROP %s IF EXISTS %s CASCADE', kind, name) FROM (
      SELECT 1 AS step, 'EVENT TRIGGER' AS kind, quote_ident(evtname) AS name FROM pg_event_trigger
      UNION ALL SELECT 1, 'PUBLICATION', quote_ident(pubname) FROM pg_publication
      UNION ALL SELECT 2, 'EXTENSION', quote_ident(extname) FROM pg_extension
        WHERE extname <> 'plpgsql'
      UNION ALL SELECT 3, 'SCHEMA', quote_ident(nspname) FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
      UNION ALL
      SELECT o.step,
        -- The names of some kinds of things are not what DROP calls them.
        replace(regexp_replace(i.type, '^composite | object$', ''), '-', ' '), i.identity FROM (
        SELECT CASE WHEN relkind IN ('r', 'p') THEN 4 ELSE 5 END AS step, tableoid, oid,
            relnamespace AS schema
          FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
        UNION ALL SELECT 5, tableoid, oid, pronamespace FROM pg_proc
        UNION ALL SELECT 5, tableoid, oid, typnamespace FROM pg_type
          WHERE typrelid = 0 AND typelem = 0 AND typtype IN ('b', 'd', 'e', 'r')
        UNION ALL SELECT 5, tableoid, oid, oprnamespace FROM pg_operator
        UNION ALL SELECT 5, tableoid, oid, opfnamespace FROM pg_opfamily
        UNION ALL SELECT 5, tableoid, oid, collnamespace FROM pg_collation
        UNION ALL SELECT 5, tableoid, oid, connamespace FROM pg_conversion
        UNION ALL SELECT 5, tableoid, oid, cfgnamespace FROM pg_ts_config
        UNION ALL SELECT 5, tableoid, oid, dictnamespace FROM pg_ts_dict
        UNION ALL SELECT 5, tableoid, oid, stxnamespace FROM pg_statistic_ext
        UNION ALL SELECT 6, tableoid, oid, 'public'::regnamespace FROM pg_cast
        UNION ALL SELECT 6, tableoid, oid, 'public'::regnamespace FROM pg_foreign_server
        UNION ALL SELECT 7, tableoid, oid, 'public'::regnamespace FROM pg_foreign_data_wrapper
      ) o, pg_identify_object(o.tableoid, o.oid, 0) i
      WHERE o.oid >= 16384 AND o.schema = 'public'::regnamespace
    ) things ORDER BY step
  LOOP
    EXECUTE statement;
  END LOOP;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
END $$;
