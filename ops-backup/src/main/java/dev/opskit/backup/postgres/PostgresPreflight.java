package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupProblem;
import dev.opskit.backup.PreflightStrategy.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Looks for everything that would stop a backup or a restore later, and for how to mend it. */
final class PostgresPreflight {
  private static final int MAX_NAME_BYTES = 63;

  private final Server server;
  private final PostgresOptions options;
  private final List<BackupProblem> problems = new ArrayList<>();

  PostgresPreflight(Server server, PostgresOptions options) {
    this.server = server;
    this.options = options;
  }

  List<BackupProblem> run(Purpose purpose, Map<String, String> facts)
      throws IOException, InterruptedException {
    attempt(server.locator()::any);
    if (!problems.isEmpty()) {
      // Without any tools there is nothing to ask the server with.
      return problems;
    }
    if (purpose == Purpose.BACKUP) {
      attempt(() -> session(options.database(), this::readable));
    } else {
      space(facts);
      attempt(() -> session(null, session -> restorable(session, purpose, facts)));
    }
    if (purpose == Purpose.REPLACE) {
      attempt(() -> session(null, this::replaceable));
    }
    return problems;
  }

  private void readable(SqlSession session) throws IOException, InterruptedException {
    attempt(() -> server.locator().exactly(Server.major(session)));
    rows(
        session,
        """
        SELECT c.kind || ' ' || c.name, 'GRANT pg_read_all_data TO ' || quote_ident(current_user)
        FROM (SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind,
            format('%I.%I', n.nspname, c.relname) AS name
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p', 'S') AND n.nspname !~ '^pg_'
            AND n.nspname <> 'information_schema'
            AND NOT (has_schema_privilege(n.oid, 'USAGE') AND CASE relkind
              WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
              ELSE has_table_privilege(c.oid, 'SELECT') END)
          ORDER BY name LIMIT 20) c;
        """,
        "%s cannot be read");
    rows(
        session,
        """
        SELECT c.oid::regclass, format('ALTER ROLE %I BYPASSRLS', current_user)
        FROM pg_class c, pg_roles r
        WHERE c.relrowsecurity AND r.rolname = current_user AND NOT r.rolsuper
          AND NOT r.rolbypassrls AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))
        ORDER BY 1 LIMIT 20;
        """,
        "row security hides rows of table %s");
  }

  private void restorable(SqlSession session, Purpose purpose, Map<String, String> facts)
      throws IOException, InterruptedException {
    attempt(() -> server.locator().exactly(Server.major(session)));
    if (purpose != Purpose.IN_PLACE) {
      rows(
          session,
          """
          SELECT quote_ident(rolname), format('ALTER ROLE %I CREATEDB', rolname) FROM pg_roles
          WHERE rolname = current_user AND NOT rolsuper AND NOT rolcreatedb;
          """,
          "role %s must not create databases");
    }
    rows(
        session,
        """
        SELECT e, 'install it on the server' FROM unnest(string_to_array(%s, ', ')) e
        WHERE e NOT IN (SELECT quote_ident(name) FROM pg_available_extensions) ORDER BY 1;
        """
            .formatted(list(facts, DatabaseFacts.EXTENSIONS)),
        "the server does not have the extension %s");
    rows(
        session,
        """
        SELECT t, format('CREATE TABLESPACE %%s LOCATION ''an empty folder of the server''', t)
        FROM unnest(string_to_array(%s, ', ')) t
        WHERE t NOT IN (SELECT quote_ident(spcname) FROM pg_tablespace) ORDER BY 1;
        """
            .formatted(list(facts, DatabaseFacts.TABLESPACES)),
        "the server does not have the tablespace %s");
    if (options.withRoles()) {
      String roles = list(facts, DatabaseFacts.ROLES);
      rows(
          session,
          """
          SELECT r, 'CREATE ROLE ' || r FROM unnest(string_to_array(%s, ', ')) r
          WHERE r NOT IN (SELECT quote_ident(rolname) FROM pg_roles) ORDER BY 1;
          """
              .formatted(roles),
          "the server does not have the role %s");
      rows(
          session,
          """
          SELECT quote_ident(r.rolname), format('GRANT %%I TO %%I', r.rolname, current_user)
          FROM pg_roles r WHERE quote_ident(r.rolname) = %s AND NOT pg_has_role(r.oid, 'MEMBER');
          """
              .formatted(list(facts, DatabaseFacts.OWNER)),
          "the database's owner must be a role that restores may act as, %s is not");
    }
  }

  private void replaceable(SqlSession session) throws IOException, InterruptedException {
    String live = options.database();
    if (live.getBytes(StandardCharsets.UTF_8).length + DatabaseNames.ADDED_BYTES > MAX_NAME_BYTES) {
      problem(
          "the name of database %s leaves no room for that of a restore point".formatted(live),
          "use a name of at most %d bytes, or restore in place"
              .formatted(MAX_NAME_BYTES - DatabaseNames.ADDED_BYTES));
    }
    String name = Identifiers.literal(live);
    rows(
        session,
        """
        SELECT quote_ident(d.datname), format('ALTER DATABASE %%I OWNER TO %%I', d.datname,
          current_user)
        FROM pg_database d WHERE d.datname = %s AND NOT pg_has_role(d.datdba, 'MEMBER');
        """
            .formatted(name),
        "only the owner may rename database %s");
    rows(
        session,
        """
        SELECT quote_ident(rolname), format('GRANT pg_signal_backend TO %I', rolname) FROM pg_roles
        WHERE rolname = current_user AND NOT rolsuper AND NOT pg_has_role('pg_signal_backend', 'MEMBER');
        """,
        "role %s must not end the sessions of others");
    rows(
        session,
        """
        SELECT quote_literal(gid), format('COMMIT PREPARED %%L, or ROLLBACK PREPARED', gid)
        FROM pg_prepared_xacts WHERE database = %s ORDER BY 1;
        """
            .formatted(name),
        "the prepared transaction %s keeps the database from being renamed");
    rows(
        session,
        """
        SELECT quote_literal(slot_name), format('SELECT pg_drop_replication_slot(%%L)', slot_name)
        FROM pg_replication_slots WHERE database = %s ORDER BY 1;
        """
            .formatted(name),
        "the replication slot %s would stay with the old database");
  }

  private void space(Map<String, String> facts) {
    LongSupplier freeSpace = options.freeSpace();
    String needed = facts.getOrDefault(DatabaseFacts.BYTES, "");
    if (freeSpace != null && needed.matches("\\d{1,18}")) {
      long free = freeSpace.getAsLong();
      if (free < Long.parseLong(needed)) {
        problem(
            "the copy needs %s bytes, the server's disk has %d left".formatted(needed, free),
            "make room, or restore on another server");
      }
    }
  }

  private void rows(SqlSession session, String sql, String what)
      throws IOException, InterruptedException {
    session.query(sql).forEach(row -> problem(what.formatted(row.get(0)), row.get(1)));
  }

  private void problem(String what, String mend) {
    problems.add(new BackupProblem(what, mend));
  }

  private interface Look {
    void run() throws IOException, InterruptedException;
  }

  private interface Questions {
    void ask(SqlSession session) throws IOException, InterruptedException;
  }

  private void session(@Nullable String database, Questions questions)
      throws IOException, InterruptedException {
    try (SqlSession session =
        database == null ? server.session() : server.session(database, LibpqEnvironment.NAME)) {
      questions.ask(session);
    }
  }

  private void attempt(Look look) throws IOException, InterruptedException {
    try {
      look.run();
    } catch (BackupException e) {
      problem(String.valueOf(e.getMessage()), "see what it says");
    }
  }

  private static String list(Map<String, String> facts, String name) {
    return Identifiers.literal(facts.getOrDefault(name, ""));
  }
}
