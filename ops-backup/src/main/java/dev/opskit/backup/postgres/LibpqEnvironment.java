package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupRefusedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The environment variables by which the tools learn where to connect and as whom. */
record LibpqEnvironment(
    PostgresServer server, Supplier<char[]> password, Map<String, String> settings) {

  /** What the server calls a session that is like any other. */
  static final String NAME = "ops-backup";

  Map<String, String> of(String database, String applicationName) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PGCONNECT_TIMEOUT", "10");
    environment.put("PGCLIENTENCODING", "UTF8");
    environment.putAll(settings);
    environment.put("PGAPPNAME", applicationName);
    environment.put("PGHOST", server.host());
    environment.put("PGPORT", Integer.toString(server.port()));
    environment.put("PGUSER", server.user());
    environment.put("PGDATABASE", database);
    String secret = read();
    if (!secret.isEmpty()) {
      environment.put(ToolCommand.PASSWORD, secret);
    }
    return environment;
  }

  private String read() {
    char[] chars = password.get();
    try {
      String secret = new String(chars);
      // The JDK would refuse it as well, but with the value in its message.
      if (secret.indexOf('\0') >= 0) {
        throw new BackupRefusedException("the password has a NUL character in it");
      }
      return secret;
    } finally {
      Arrays.fill(chars, '\0');
    }
  }
}
