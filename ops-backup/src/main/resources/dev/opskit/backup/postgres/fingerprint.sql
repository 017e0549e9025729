-- What a database holds, as lines of kind, name and value that are equal when the databases are.
-- Long values are hashed. Nothing that hangs on the order of rows, on oids or on the name of the
-- database is in them.
SET search_path = '';
SET datestyle = 'ISO, MDY';
SET intervalstyle = 'postgres';
SET timezone = 'UTC';
SET extra_float_digits = 1;
SET bytea_output = 'hex';
SET row_security = off;
\set ours '(n.nspname !~ \'^pg_\' AND n.nspname <> \'information_schema\')'
\set own 'NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = \'e\' AND d.classid = o.tableoid AND d.objid = o.oid)'
\set name 'regexp_replace(what, \'[[:cntrl:]]\', \'?\', \'g\')'
\set hashed 'left(encode(sha256(convert_to(coalesce(def, \'\'), \'UTF8\')), \'hex\'), 16)'

-- Columns, views, partitions, options; the parameters of sequences.
SELECT kind, :name, :hashed FROM (
  SELECT CASE o.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type'
      ELSE 'sequence definition' END AS kind,
    format('%I.%I', n.nspname, o.relname) AS what,
    concat_ws(' | ', o.relpersistence, o.reloptions::text, o.relrowsecurity, o.relforcerowsecurity,
      o.relreplident, pg_get_expr(o.relpartbound, o.oid),
      CASE WHEN o.relkind = 'p' THEN pg_get_partkeydef(o.oid) END,
      CASE WHEN o.relkind IN ('v', 'm') THEN pg_get_viewdef(o.oid) END,
      (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i
        WHERE i.inhrelid = o.oid),
      (SELECT concat_ws(',', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
          s.seqcache, s.seqcycle) FROM pg_sequence s WHERE s.seqrelid = o.oid),
      (SELECT string_agg(concat_ws(' ', d.refobjid::regclass, d.refobjsubid, d.deptype), ',')
        FROM pg_depend d WHERE o.relkind = 'S' AND d.classid = o.tableoid AND d.objid = o.oid
          AND d.refclassid = o.tableoid AND d.deptype IN ('a', 'i')),
      (SELECT string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
          a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(v.adbin, v.adrelid),
          NULLIF(a.attcollation, t.typcollation)::regcollation), ',' ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
        WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped AND o.relkind <> 'S')) AS def
  FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
  WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S') AND :ours AND :own
  UNION ALL
  SELECT 'schema', quote_ident(n.nspname), '' FROM pg_namespace n WHERE :ours
  UNION ALL
  SELECT 'index', format('%I.%I', n.nspname, c.relname),
    concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisclustered, i.indisreplident)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class o ON o.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
  -- What an interrupted CREATE INDEX CONCURRENTLY has left is not dumped.
  WHERE i.indisvalid AND :ours AND :own
  UNION ALL
  SELECT 'constraint', format('%s %I', CASE WHEN o.conrelid <> 0 THEN o.conrelid::regclass::text
      ELSE o.contypid::regtype::text END, o.conname), pg_get_constraintdef(o.oid)
  FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE :ours AND :own
  UNION ALL
  SELECT 'trigger', format('%s %I', o.tgrelid::regclass, o.tgname),
    concat_ws(' ', pg_get_triggerdef(o.oid), o.tgenabled)
  FROM pg_trigger o JOIN pg_class c ON c.oid = o.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT o.tgisinternal AND :ours AND :own
  UNION ALL
  SELECT 'rule', format('%s %I', o.ev_class::regclass, o.rulename),
    concat_ws(' ', pg_get_ruledef(o.oid), o.ev_enabled)
  FROM pg_rewrite o JOIN pg_class c ON c.oid = o.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE o.rulename <> '_RETURN' AND :ours AND :own
  UNION ALL
  SELECT 'policy', format('%s %I', o.polrelid::regclass, o.polname),
    concat_ws(' ', o.polcmd, o.polpermissive, pg_get_expr(o.polqual, o.polrelid),
      pg_get_expr(o.polwithcheck, o.polrelid),
      (SELECT string_agg(r::regrole::text, ',' ORDER BY r::regrole::text COLLATE "C")
        FROM unnest(o.polroles) r))
  FROM pg_policy o JOIN pg_class c ON c.oid = o.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE :ours AND :own
  UNION ALL
  SELECT 'function', o.oid::regprocedure::text, CASE o.prokind
      WHEN 'a' THEN (SELECT concat_ws(' ', a.aggtransfn::regprocedure, a.aggfinalfn::regproc,
          a.aggtranstype::regtype, a.agginitval) FROM pg_aggregate a WHERE a.aggfnoid = o.oid)
      ELSE pg_get_functiondef(o.oid) END
  FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE :ours AND :own
  UNION ALL
  SELECT 'type', format('%I.%I', n.nspname, o.typname), concat_ws(' | ',
      (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e
        WHERE e.enumtypid = o.oid),
      CASE WHEN o.typtype = 'd' THEN concat_ws(' ', format_type(o.typbasetype, o.typtypmod),
        o.typnotnull, o.typdefault, o.typcollation::regcollation) END,
      (SELECT r.rngsubtype::regtype FROM pg_range r WHERE r.rngtypid = o.oid))
  FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
  WHERE o.typtype IN ('e', 'd', 'r') AND :ours AND :own
  UNION ALL
  SELECT 'extension', quote_ident(e.extname), e.extversion || ' ' || e.extnamespace::regnamespace
  FROM pg_extension e
  UNION ALL
  SELECT 'event trigger', quote_ident(o.evtname), concat_ws(' ', o.evtevent,
      o.evtfoid::regprocedure, o.evtenabled, o.evttags::text)
  FROM pg_event_trigger o WHERE :own
  UNION ALL
  SELECT 'publication', quote_ident(o.pubname), concat_ws(' ', o.puballtables, o.pubinsert,
      o.pubupdate, o.pubdelete, o.pubtruncate,
      (SELECT string_agg(r.prrelid::regclass::text, ',' ORDER BY r.prrelid::regclass::text COLLATE "C")
        FROM pg_publication_rel r WHERE r.prpubid = o.oid))
  FROM pg_publication o WHERE :own
  UNION ALL
  SELECT 'statistics', format('%I.%I', n.nspname, o.stxname), pg_get_statisticsobjdef(o.oid)
  FROM pg_statistic_ext o JOIN pg_namespace n ON n.oid = o.stxnamespace WHERE :ours AND :own
  UNION ALL
  SELECT i.type, i.identity, ''
  FROM (SELECT tableoid, oid FROM pg_cast UNION ALL SELECT tableoid, oid FROM pg_operator
      UNION ALL SELECT tableoid, oid FROM pg_opclass UNION ALL SELECT tableoid, oid FROM pg_opfamily
      UNION ALL SELECT tableoid, oid FROM pg_conversion UNION ALL SELECT tableoid, oid FROM pg_collation
      UNION ALL SELECT tableoid, oid FROM pg_ts_config UNION ALL SELECT tableoid, oid FROM pg_ts_dict
      UNION ALL SELECT tableoid, oid FROM pg_foreign_data_wrapper
      UNION ALL SELECT tableoid, oid FROM pg_foreign_server
      UNION ALL SELECT tableoid, oid FROM pg_transform UNION ALL SELECT tableoid, oid FROM pg_language) o,
    pg_identify_object(o.tableoid, o.oid, 0) i
  -- The first oid that is given to what users make.
  WHERE o.oid >= 16384 AND :own
  UNION ALL
  SELECT 'comment', concat_ws(' ', i.type, i.identity), o.description
  FROM pg_description o, pg_identify_object(o.classoid, o.objoid, o.objsubid) i
  WHERE o.objoid >= 16384 AND i.type <> 'extension' AND NOT EXISTS (SELECT FROM pg_depend d
    WHERE d.deptype = 'e' AND d.classid = o.classoid AND d.objid = o.objoid)
  UNION ALL
  SELECT CASE WHEN s.setrole = 0 THEN 'setting' ELSE 'setting of a role' END,
    concat_ws(' ', split_part(c, '=', 1), NULLIF(s.setrole, 0)::regrole), c
  FROM pg_db_role_setting s JOIN pg_database b ON b.oid = s.setdatabase, unnest(s.setconfig) c
  WHERE b.datname = current_database()
  UNION ALL
  SELECT 'database', 'locale', concat_ws(' ', pg_encoding_to_char(encoding), datcollate, datctype)
  FROM pg_database WHERE datname = current_database()
) lines ORDER BY kind, what COLLATE "C";

-- Who owns what, and who may do what.
SELECT kind, :name, regexp_replace(def, '[[:cntrl:]]', '?', 'g') FROM (
  SELECT 'owner' AS kind, what, owner::regrole::text AS def FROM (
    SELECT 'relation ' || o.oid::regclass AS what, o.relowner AS owner
      FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
      WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND :ours AND :own
    UNION ALL SELECT 'schema ' || n.oid::regnamespace, n.nspowner FROM pg_namespace n WHERE :ours
    UNION ALL SELECT 'function ' || o.oid::regprocedure, o.proowner
      FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE :ours AND :own
    UNION ALL SELECT 'type ' || o.oid::regtype, o.typowner
      FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
      WHERE o.typtype IN ('e', 'd', 'r') AND :ours AND :own
    UNION ALL SELECT 'database', datdba FROM pg_database WHERE datname = current_database()) owners
  UNION ALL
  SELECT 'grant', what, string_agg(concat_ws(' ', CASE WHEN g.grantee = 0 THEN 'PUBLIC'
        ELSE g.grantee::regrole::text END, g.privilege_type,
        CASE WHEN g.is_grantable THEN 'WITH GRANT OPTION' END), ', '
      ORDER BY (CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END)
        COLLATE "C", g.privilege_type, g.is_grantable)
  FROM (
    SELECT 'relation ' || o.oid::regclass AS what, coalesce(o.relacl,
        acldefault(CASE WHEN o.relkind = 'S' THEN 's' ELSE 'r' END::"char", o.relowner)) AS acl
      FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
      WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND :ours AND :own
    UNION ALL SELECT format('column %s.%I', o.oid::regclass, a.attname), a.attacl
      FROM pg_attribute a JOIN pg_class o ON o.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = o.relnamespace
      WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND :ours AND :own
    UNION ALL SELECT 'schema ' || n.oid::regnamespace, coalesce(n.nspacl, acldefault('n', n.nspowner))
      FROM pg_namespace n WHERE :ours
    UNION ALL SELECT 'function ' || o.oid::regprocedure, coalesce(o.proacl, acldefault('f', o.proowner))
      FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE :ours AND :own
    UNION ALL SELECT 'type ' || o.oid::regtype, coalesce(o.typacl, acldefault('T', o.typowner))
      FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
      WHERE o.typtype IN ('e', 'd', 'r') AND :ours AND :own
    UNION ALL SELECT concat_ws(' ', 'default', a.defaclrole::regrole,
        CASE WHEN a.defaclnamespace <> 0 THEN a.defaclnamespace::regnamespace::text END,
        a.defaclobjtype), a.defaclacl
      FROM pg_default_acl a
    UNION ALL SELECT 'database', coalesce(datacl, acldefault('d', datdba)) FROM pg_database
      WHERE datname = current_database()) acls, aclexplode(acl) g
  GROUP BY what
) lines ORDER BY kind, what COLLATE "C";

-- The rows: their number, and a sum of their hashes, in which their order is not. The hash of a row is
-- that of the hashes of its values, each of which has the column's place in it, so that no two values
-- can change places unnoticed. A value is hashed as it is where equal hashes mean equal text, which is
-- cheaper than its text, and by its text otherwise: numeric hashes neither sign nor scale, jsonb its
-- numbers like that, and an enum its oid. hashint4extended mixes its second argument, the seed, with all
-- of its 64 bits; hashint8extended would fold a value to 32 first.
SELECT format(
    'SELECT ''rows'', regexp_replace(%L, ''[[:cntrl:]]'', ''?'', ''g''), count(*) || '' '' ||'
      ' coalesce(sum(hashint4extended(0, %s)), 0) FROM ONLY %I.%I',
    format('%I.%I', n.nspname, o.relname), coalesce(v.hashes, '0'), n.nspname, o.relname)
  FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace, LATERAL (
    SELECT string_agg(format('coalesce(' || CASE
        WHEN a.type IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
          THEN 'hashint4extended(%2$s, %1$I)'
        WHEN a.type = 'bool'::regtype THEN 'hashint4extended(%2$s, %1$I::int4)'
        WHEN a.type = 'uuid'::regtype THEN 'uuid_hash_extended(%1$I, %2$s)'
        WHEN a.type = 'timestamp'::regtype THEN 'timestamp_hash_extended(%1$I, %2$s)'
        WHEN a.type = 'timestamptz'::regtype
          THEN 'timestamp_hash_extended(timezone(interval ''0'', %1$I), %2$s)'
        -- All values of such a column have the same scale.
        WHEN a.type = 'numeric'::regtype AND a.modifier <> -1
          THEN 'hash_numeric_extended(%1$I, %2$s) # (%1$I < 0)::int4'
        -- Neither has a function of its own in all versions.
        WHEN a.type IN ('date'::regtype, 'bytea'::regtype)
          THEN 'hash_record_extended(ROW(%1$I), %2$s)'
        -- Without the blanks at its end, as its text is.
        WHEN a.type = 'bpchar'::regtype THEN 'hashbpcharextended(%1$I COLLATE "C", %2$s)'
        ELSE 'hashtextextended(%1$I::text COLLATE "C", %2$s)' END || ', -1)',
      a.attname, a.place), ' # ' ORDER BY a.place) AS hashes
    FROM (SELECT attname, atttypid AS type, atttypmod AS modifier,
        row_number() OVER (ORDER BY attnum) AS place
      FROM pg_attribute WHERE attrelid = o.oid AND attnum > 0 AND NOT attisdropped) a) v
  WHERE o.relkind = 'r' AND :ours AND :own
  ORDER BY n.nspname, o.relname
\gexec
SELECT 'rows', 'large objects', count(*) || ' ' ||
    coalesce(sum(hashtextextended(oid::text || encode(sha256(lo_get(oid)), 'hex'), 0)), 0)
  FROM pg_largeobject_metadata;
