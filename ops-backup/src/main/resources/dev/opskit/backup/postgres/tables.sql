-- The tables whose data may be dumped apart from the rest, the largest of them, with their pages as the
-- last ANALYZE has seen them, which asks for no lock. The first row, without a name, has the pages of
-- all others. Those stay with the rest that belong to an extension, whose name no pattern of pg_dump can
-- say, or whose owner may not write: a restore grants and revokes before it loads what is apart.
WITH tables AS (
  SELECT n.nspname, c.relname, c.relpages + coalesce(t.relpages, 0) AS pages,
    n.nspname !~ '^pg_'
    AND NOT EXISTS (SELECT FROM pg_depend d
      WHERE d.deptype = 'e' AND d.classid = c.tableoid AND d.objid = c.oid)
    AND n.nspname || c.relname ~ CASE current_setting('server_encoding')
      WHEN 'UTF8' THEN '^[ -~\u00a1-\uffff]*$' ELSE '^[ -~]*$' END
    AND has_schema_privilege(c.relowner, n.oid, 'USAGE')
    AND has_table_privilege(c.relowner, c.oid, 'INSERT') AS apart
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema'
    AND (n.nspname !~ '^pg_' OR c.relname = 'pg_largeobject')
), large AS (
  -- More would not fit on a command line.
  SELECT * FROM tables WHERE apart AND pages > 0 ORDER BY pages DESC, nspname, relname LIMIT 500
)
SELECT '', '', (SELECT coalesce(sum(pages), 0) FROM tables) - coalesce(sum(pages), 0) FROM large
UNION ALL
SELECT nspname, relname, pages FROM large;
