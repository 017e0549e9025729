package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the tools and sessions that talk to one server are started. */
record Server(
    ToolLocator locator, LibpqEnvironment environment, String maintenance, TimeSource time) {

  /** Older ones cannot hash a row. */
  private static final int OLDEST = 14;

  /** A session with the database that is never replaced itself. */
  SqlSession session() throws IOException, InterruptedException {
    return session(maintenance, LibpqEnvironment.NAME);
  }

  /** A psql of any version talks to any server. */
  SqlSession session(String database, String applicationName)
      throws IOException, InterruptedException {
    String psql = locator.any().psql().toString();
    SqlSession session =
        SqlSession.open(command(SqlSession.command(psql), database, applicationName, null));
    // A limit that the database sets for its users would end a dump, or the wait beside it.
    session.ask(
        "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ("
            + "'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout',"
            + " 'idle_session_timeout', 'transaction_timeout');");
    boolean opened = false;
    try {
      session.answer();
      opened = true;
      return session;
    } finally {
      if (!opened) {
        session.close();
      }
    }
  }

  ToolCommand command(
      List<String> command, String database, String applicationName, @Nullable Duration patience) {
    return new ToolCommand(command, environment.of(database, applicationName), patience, time);
  }

  /** One that connects to nothing. */
  ToolCommand command(List<String> command) {
    return new ToolCommand(command, Map.of(), null, time);
  }

  /** Those that fit this server. */
  PgTools tools() throws IOException, InterruptedException {
    try (SqlSession session = session()) {
      return tools(session);
    }
  }

  /** Those that fit the server of a session. */
  PgTools tools(SqlSession session) throws IOException, InterruptedException {
    int major = major(session);
    if (major < OLDEST) {
      throw new BackupRefusedException(
          "the server is PostgreSQL %d, must be %d or newer".formatted(major, OLDEST));
    }
    return locator.exactly(major);
  }

  static int major(SqlSession session) throws IOException, InterruptedException {
    return Integer.parseInt(session.value("SHOW server_version_num;")) / 10_000;
  }

  /**
   * One statement, outside of any transaction, as some about databases have to be. An interrupt
   * waits for it, as the server would go on: a database could be there that nobody drops.
   */
  void execute(String sql) throws IOException, InterruptedException {
    try (SqlSession session = session()) {
      session.outlastInterrupts();
      session.query(sql);
    }
  }

  boolean exists(String database) throws IOException, InterruptedException {
    try (SqlSession session = session()) {
      return !session
          .query(
              "SELECT 1 FROM pg_database WHERE datname = %s;"
                  .formatted(Identifiers.literal(database)))
          .isEmpty();
    }
  }

  void drop(String database) throws IOException, InterruptedException {
    execute("DROP DATABASE IF EXISTS %s WITH (FORCE);".formatted(Identifiers.quoted(database)));
  }

  /** Fails unless the name is free. */
  void create(String database, Map<String, String> facts) throws IOException, InterruptedException {
    if (exists(database)) {
      throw new BackupRefusedException("database " + database + " exists already");
    }
    execute(DatabaseFacts.creation(database, facts));
  }
}
