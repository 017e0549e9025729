package dev.opskit.examples.orders.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the database's password came from, where it is not, and how another one comes. */
final class SecretChapter {
  private static final Logger logger = LoggerFactory.getLogger(SecretChapter.class);
  private static final String CARELESS = "connecting to the database with password {}";

  private static final String INVALID_PASSWORD = "28P01";

  private final Sandbox sandbox;
  private final Browser shop;

  SecretChapter(Sandbox sandbox, Browser shop) {
    this.sandbox = sandbox;
    this.shop = shop;
  }

  void tell(Narrator narrator) throws Exception {
    narrator.chapter("Where the database's password came from");
    Path file = sandbox.settings().secrets().resolve(sandbox.settings().databaseSecret());
    String password = sandbox.postgres().password();
    narrator.say("From the mounted file %s, mode %s.", file, mode(file));
    narrator.expect(
        System.getenv().values().stream().noneMatch(value -> value.contains(password))
            && ProcessHandle.current().info().commandLine().stream()
                .noneMatch(line -> line.contains(password)),
        "it is neither in the environment nor on the command line of this process");

    logger.info(CARELESS, password);
    List<String> careless =
        sandbox.log("combined.log").lines().stream()
            .filter(line -> line.contains(SecretChapter.class.getName()))
            .toList();
    narrator.say("Somebody logs it by mistake. What the log has:");
    careless.forEach(narrator::quote);
    narrator.expect(
        careless.size() == 1
            && LogFile.field(careless.get(0), "message").equals(CARELESS.replace("{}", "***"))
            && sandbox.log("combined.log").lines().stream()
                .noneMatch(line -> line.contains(password)),
        "the password is nowhere in the log");
    rotation(narrator, password);
  }

  private void rotation(Narrator narrator, String old) throws Exception {
    sandbox.rotatePassword();
    int closed = closeConnections();
    narrator.say("The password is changed, and the database closes %d connections.", closed);
    narrator.expect(isRefused(old), "the database refuses the old password");
    // What the pool used within the last half second it gives out without a look at it.
    narrator.expect(
        Patience.until(() -> shop.get("/orders").statusCode() == 200),
        "GET /orders is 200, over a connection with the new one, and nothing was restarted");
    String next = sandbox.postgres().password();
    narrator.expect(
        sandbox.log("combined.log").lines().stream()
            .noneMatch(line -> line.contains(old) || line.contains(next)),
        "neither password is in the log");
  }

  private int closeConnections() throws SQLException {
    try (Connection connection = sandbox.postgres().connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private boolean isRefused(String password) throws SQLException {
    String url = sandbox.postgres().jdbcUrl("postgres") + "?connectTimeout=5";
    try (Connection unexpected =
        DriverManager.getConnection(url, sandbox.postgres().user(), password)) {
      return false;
    } catch (SQLException e) {
      return INVALID_PASSWORD.equals(e.getSQLState());
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the secret " + file + " could not be looked at", e);
    }
  }
}
