package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The little that is said to the server in SQL. */
record DatabaseSql(DataSource dataSource) {
  private static final String DUPLICATE_DATABASE = "42P04";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String INVALID_AUTHORIZATION_CLASS = "28";

  int serverMajor() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_version_num")) {
      row.next();
      return row.getInt(1) / 10_000;
    } catch (SQLException e) {
      throw failure("asking for the server's version", e);
    }
  }

  /** What a restore needs to create an equal database, and what a person wants to know. */
  Map<String, String> describe(String database) {
    String sql =
        "SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datcollate,"
            + " datctype FROM pg_database WHERE datname = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new BackupRefusedException("the server has no database " + database);
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("database", database);
        facts.put("server.version", row.getString(1));
        facts.put("encoding", row.getString(2));
        facts.put("collate", row.getString(3));
        facts.put("ctype", row.getString(4));
        return facts;
      }
    } catch (SQLException e) {
      throw failure("asking about database " + database, e);
    }
  }

  void create(String database, Map<String, String> facts) {
    // template0, because anything else may hold objects that the backup holds, too.
    execute(
        "creating database " + database,
        "CREATE DATABASE %s TEMPLATE template0 ENCODING %s LC_COLLATE %s LC_CTYPE %s"
            .formatted(
                Identifiers.quoted(database),
                Identifiers.literal(fact(facts, "encoding")),
                Identifiers.literal(fact(facts, "collate")),
                Identifiers.literal(fact(facts, "ctype"))));
  }

  void drop(String database) {
    execute(
        "dropping database " + database,
        "DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(Identifiers.quoted(database)));
  }

  static String fact(Map<String, String> facts, String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new BackupCorruptException("the manifest lacks the fact " + name);
    }
    return value;
  }

  private void execute(String what, String sql) {
    try (Connection connection = dataSource.getConnection()) {
      // Databases are not created or dropped inside of a transaction.
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  private static BackupException failure(String what, SQLException e) {
    String message = what + " failed: " + e.getMessage();
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.equals(DUPLICATE_DATABASE)
            || state.equals(INSUFFICIENT_PRIVILEGE)
            || state.startsWith(INVALID_AUTHORIZATION_CLASS)
        ? new BackupRefusedException(message, e)
        : new BackupUnavailableException(message, e);
  }
}
