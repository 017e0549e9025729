package dev.opskit.verification.integration.secrets;

import dev.opskit.core.json.JsonWriter;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A real PostgreSQL whose users get new passwords, and which writes down who was refused. */
final class RotatedDatabase implements AutoCloseable {
  private final Path log;
  private final LocalPostgres postgres;

  RotatedDatabase(Path folder) {
    log = folder.resolve("postgres.log");
    postgres = LocalPostgres.start(folder);
  }

  String url() {
    return postgres.jdbcUrl("postgres");
  }

  void createUser(String user, String password) throws SQLException {
    execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(user, password));
  }

  void setPassword(String user, String password) throws SQLException {
    execute("ALTER ROLE %s PASSWORD '%s'".formatted(user, password));
  }

  static String newPassword() {
    return UUID.randomUUID().toString();
  }

  /** A secret as Secrets Manager keeps those of databases. */
  static byte[] secret(String user, String password) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("username").value(user).name("password").value(password);
    return json.endObject().toByteArray();
  }

  /** How many logins of a user the server has refused so far. */
  long refusedLogins(String user) throws IOException {
    String refused = "password authentication failed for user \"" + user + "\"";
    return Files.readAllLines(log).stream().filter(line -> line.contains(refused)).count();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
