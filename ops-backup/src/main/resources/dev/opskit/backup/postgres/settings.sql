-- What belongs to the database itself and is in no dump of its content, as statements about the
-- database that the psql variable "target" names.
SELECT statement FROM (
  SELECT 1 AS step, format('ALTER DATABASE :"target" OWNER TO %I;', pg_get_userbyid(datdba)) AS statement
    FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT 2, 'REVOKE ALL ON DATABASE :"target" FROM PUBLIC;'
    FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL
  UNION ALL
  SELECT 3, format('GRANT %s ON DATABASE :"target" TO %s%s;', g.privilege_type,
      CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
      CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM pg_database, aclexplode(datacl) g WHERE datname = current_database()
  UNION ALL
  SELECT 4, format('%s SET %I TO %s;', CASE WHEN s.setrole = 0 THEN 'ALTER DATABASE :"target"'
        ELSE format('ALTER ROLE %I IN DATABASE :"target"', pg_get_userbyid(s.setrole)) END,
      split_part(c, '=', 1),
      -- The value of one that takes a list is quoted already, name by name.
      CASE WHEN lower(split_part(c, '=', 1)) IN ('local_preload_libraries', 'search_path',
          'session_preload_libraries', 'temp_tablespaces')
        THEN substr(c, strpos(c, '=') + 1) ELSE quote_literal(substr(c, strpos(c, '=') + 1)) END)
    FROM pg_db_role_setting s JOIN pg_database b ON b.oid = s.setdatabase, unnest(s.setconfig) c
    WHERE b.datname = current_database()
  UNION ALL
  SELECT 5, format('ALTER DATABASE :"target" CONNECTION LIMIT %s;', datconnlimit)
    FROM pg_database WHERE datname = current_database() AND datconnlimit >= 0
  UNION ALL
  SELECT 6, format('COMMENT ON DATABASE :"target" IS %L;', shobj_description(oid, 'pg_database'))
    FROM pg_database
    WHERE datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL
) statements ORDER BY step, statement;
