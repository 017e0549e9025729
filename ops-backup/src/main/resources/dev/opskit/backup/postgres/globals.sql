-- The roles that the database needs, without passwords, as statements for psql that create those
-- which are missing and leave the others as they are. Needed are those that own something, are
-- granted something or have settings; their members, who have rights through them; and the roles
-- that these are members of.
SET LOCAL datestyle = 'ISO, MDY';
WITH RECURSIVE named AS (
  SELECT r.oid FROM pg_roles r, pg_database d
  WHERE d.datname = current_database() AND r.rolname !~ '^pg_' AND (r.oid = d.datdba
    OR r.oid IN (SELECT s.setrole FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)
    OR r.oid IN (SELECT s.refobjid FROM pg_shdepend s WHERE s.refclassid = 'pg_authid'::regclass
      AND (s.dbid = d.oid
        OR (s.dbid = 0 AND s.classid = 'pg_database'::regclass AND s.objid = d.oid)))
    -- Nothing is noted of what the first superuser owns; what is in extensions is not dumped.
    OR (r.oid = 10 AND EXISTS (SELECT FROM (
        SELECT tableoid, oid, relowner AS owner FROM pg_class WHERE relpersistence <> 't'
        UNION ALL SELECT tableoid, oid, nspowner FROM pg_namespace
        UNION ALL SELECT tableoid, oid, proowner FROM pg_proc
        UNION ALL SELECT tableoid, oid, typowner FROM pg_type) o
      WHERE o.owner = r.oid AND o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend e
        WHERE e.deptype = 'e' AND e.classid = o.tableoid AND e.objid = o.oid))))
), members AS (
  SELECT oid FROM named
  UNION SELECT m.member FROM pg_auth_members m JOIN members ON members.oid = m.roleid
), needed AS (
  SELECT oid FROM members
  UNION SELECT m.roleid FROM pg_auth_members m JOIN needed ON needed.oid = m.member
), roles AS (
  SELECT r.*, quote_ident(r.rolname) AS name, row_number() OVER (ORDER BY r.rolname) AS number
  FROM pg_roles r JOIN needed USING (oid) WHERE r.rolname !~ '^pg_'
)
SELECT statement FROM (
  SELECT 1 AS step, number, concat_ws(E'\n',
    format('SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %L) AS missing_%s \gset',
      rolname, number),
    format('\if :missing_%s', number),
    format('CREATE ROLE %s%s%s;', name, concat(
        CASE WHEN rolsuper THEN ' SUPERUSER' END, CASE WHEN NOT rolinherit THEN ' NOINHERIT' END,
        CASE WHEN rolcreaterole THEN ' CREATEROLE' END, CASE WHEN rolcreatedb THEN ' CREATEDB' END,
        CASE WHEN rolcanlogin THEN ' LOGIN' END, CASE WHEN rolreplication THEN ' REPLICATION' END,
        CASE WHEN rolbypassrls THEN ' BYPASSRLS' END,
        CASE WHEN rolconnlimit >= 0 THEN ' CONNECTION LIMIT ' || rolconnlimit END),
      ' VALID UNTIL ' || quote_literal(rolvaliduntil::text)),
    (SELECT string_agg(format('ALTER ROLE %s SET %I TO %s;', name, split_part(c, '=', 1),
        -- The value of one that takes a list is quoted already, name by name.
        CASE WHEN lower(split_part(c, '=', 1)) IN ('local_preload_libraries', 'search_path',
            'session_preload_libraries', 'temp_tablespaces')
          THEN substr(c, strpos(c, '=') + 1) ELSE quote_literal(substr(c, strpos(c, '=') + 1)) END),
        E'\n' ORDER BY c)
      FROM pg_db_role_setting s, unnest(s.setconfig) c WHERE s.setrole = r.oid AND s.setdatabase = 0),
    'COMMENT ON ROLE ' || name || ' IS ' || quote_literal(shobj_description(oid, 'pg_authid')) || ';',
    format('SELECT %L;', 'role ' || name || CASE WHEN rolcanlogin THEN ' without password' ELSE '' END),
    '\endif') AS statement
  FROM roles r
  UNION ALL
  SELECT 2, row_number() OVER (ORDER BY m.role, m.member), concat_ws(E'\n',
    format('SELECT %s AS missing \gset', concat_ws(' OR ', ':''missing_' || m.role || '''::boolean',
      ':''missing_' || m.member || '''::boolean')),
    '\if :missing',
    format('GRANT %s TO %s%s;', m.role_name, m.member_name, CASE WHEN m.inherits IS NOT NULL
      THEN format(' WITH ADMIN %s, INHERIT %s, SET %s', m.admin::text, m.inherits::text, m.sets::text)
      WHEN m.admin THEN ' WITH ADMIN OPTION' END),
    '\endif')
  FROM (
    SELECT g.number AS role, r.number AS member, quote_ident(pg_get_userbyid(m.roleid)) AS role_name,
      r.name AS member_name, bool_or(m.admin_option) AS admin,
      -- Since version 16.
      bool_or((to_jsonb(m)->>'inherit_option')::boolean) AS inherits,
      bool_or((to_jsonb(m)->>'set_option')::boolean) AS sets
    FROM pg_auth_members m JOIN roles r ON r.oid = m.member LEFT JOIN roles g ON g.oid = m.roleid
    GROUP BY g.number, r.number, m.roleid, r.name) m
) statements ORDER BY step, number;
