package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a restore needs to create an equal database, and what a person wants to know. */
final class DatabaseFacts {
  static final String ROLES = "roles";
  static final String TABLESPACES = "tablespaces";
  static final String EXTENSIONS = "extensions";
  static final String OWNER = "owner";
  static final String BYTES = "database.bytes";
  private static final List<String> NAMES =
      List.of(
          "database",
          "server.version",
          "encoding",
          "collate",
          "ctype",
          "locale.provider",
          "locale",
          OWNER,
          BYTES,
          EXTENSIONS);

  private DatabaseFacts() {}

  /** About the database that the session is in. */
  static Map<String, String> read(SqlSession session) throws IOException, InterruptedException {
    List<String> row =
        session
            .query(
                """
                SELECT d.datname, current_setting('server_version'),
                  pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
                  coalesce(to_jsonb(d)->>'datlocprovider', 'c'),
                  coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale', ''),
                  quote_ident(pg_get_userbyid(d.datdba)), pg_database_size(d.oid),
                  (SELECT string_agg(quote_ident(extname), ', ' ORDER BY extname)
                    FROM pg_extension)
                FROM pg_database d WHERE d.datname = current_database();
                """)
            .get(0);
    Map<String, String> facts = new LinkedHashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      facts.put(NAMES.get(i), row.get(i));
    }
    // Those that own something, are granted something or have settings.
    facts.put(
        ROLES,
        session.value(
            """
            SELECT coalesce(string_agg(quote_ident(r.rolname), ', ' ORDER BY r.rolname), '')
            FROM pg_roles r, pg_database d
            WHERE d.datname = current_database() AND r.rolname !~ '^pg_' AND (r.oid = d.datdba
              OR r.oid IN (SELECT s.setrole FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)
              OR r.oid IN (SELECT s.refobjid FROM pg_shdepend s
                WHERE s.refclassid = 'pg_authid'::regclass AND (s.dbid = d.oid
                  OR (s.dbid = 0 AND s.classid = 'pg_database'::regclass AND s.objid = d.oid))));
            """));
    facts.put(
        TABLESPACES,
        session.value(
            """
            SELECT coalesce(string_agg(DISTINCT quote_ident(t.spcname), ', '), '')
            FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace
            WHERE t.spcname !~ '^pg_';
            """));
    return facts;
  }

  static String creation(String database, Map<String, String> facts) {
    // template0, because anything else may hold objects that the backup holds, too.
    return "CREATE DATABASE %s TEMPLATE template0 ENCODING %s LC_COLLATE %s LC_CTYPE %s%s;"
        .formatted(
            Identifiers.quoted(database),
            Identifiers.literal(fact(facts, "encoding")),
            Identifiers.literal(fact(facts, "collate")),
            Identifiers.literal(fact(facts, "ctype")),
            provider(facts));
  }

  static String fact(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new BackupCorruptException("the manifest lacks the fact " + name);
    }
    return value;
  }

  private static String provider(Map<String, String> facts) {
    String locale = Identifiers.literal(facts.getOrDefault("locale", ""));
    return switch (facts.getOrDefault("locale.provider", "c")) {
      case "i" -> " LOCALE_PROVIDER icu ICU_LOCALE " + locale;
      case "b" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + locale;
      default -> "";
    };
  }
}
