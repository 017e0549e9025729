-- What each sequence stands at: kind, name, value. Sequences know no snapshot, so they are read
-- before and after a dump.
SET search_path = '';
SELECT format(
    'SELECT ''sequence'', regexp_replace(%L, ''[[:cntrl:]]'', ''?'', ''g''),'
      ' last_value || CASE WHEN is_called THEN '' called'' ELSE '' next'' END FROM %I.%I',
    format('%I.%I', n.nspname, c.relname), n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = c.tableoid AND d.objid = c.oid
      AND d.deptype = 'e')
  ORDER BY n.nspname, c.relname
\gexec
