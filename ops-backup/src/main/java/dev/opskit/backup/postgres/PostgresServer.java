package dev.opskit.backup.postgres;

/**
 * Where a database is and as whom the PostgreSQL tools connect. Immutable.
 *
 * @param host a name, an address or the folder of a Unix socket
 * @param port 1 to 65535
 * @param database the database that is backed up
 * @param user who may read all of it, and create databases if restores are wanted
 */
public record PostgresServer(String host, int port, String database, String user) {

  /** Rejects empty values and NUL characters. */
  public PostgresServer {
    requireText("host", host);
    requireText("database", database);
    requireText("user", user);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port is " + port + ", must be 1 to 65535");
    }
  }

  private static void requireText(String name, String value) {
    if (value.isBlank() || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("%s is '%s'".formatted(name, value));
    }
  }
}
