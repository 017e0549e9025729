package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupRefusedException;
import java.nio.charset.StandardCharsets;

/** Names and values as SQL, libpq's connection strings and pg_dump's patterns want them. */
final class Identifiers {
  /** The server cuts longer names off without an error, and two could become one. */
  private static final int MAX_BYTES = 63;

  private Identifiers() {}

  static String quoted(String name) {
    requireName(name);
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String value) {
    requireNoNul(value);
    return "'" + value.replace("'", "''") + "'";
  }

  /** Without this a name with an equals sign in it would be read as a connection string. */
  static String connectionString(String database) {
    requireName(database);
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /**
   * What makes pg_dump select one table and no other. Characters outside of ASCII are written as
   * escapes of its regular expressions, because how arguments are encoded hangs on the locale.
   *
   * @param schema without characters beyond 16 bits, as the name of the table
   */
  static String pattern(String schema, String table) {
    return pattern(schema) + '.' + pattern(table);
  }

  private static String pattern(String name) {
    StringBuilder pattern = new StringBuilder("\"");
    for (char c : name.toCharArray()) {
      if (c == '"') {
        pattern.append("\"\"");
      } else if (c < 0x80) {
        pattern.append(c);
      } else {
        // Between quotes the backslash would stand for itself.
        pattern.append("\"\\u%04x\"".formatted((int) c));
      }
    }
    return pattern.append('"').toString();
  }

  private static void requireName(String name) {
    requireNoNul(name);
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MAX_BYTES) {
      throw new BackupRefusedException(
          "the database name '%s' has %d bytes, must be 1 to %d"
              .formatted(name, length, MAX_BYTES));
    }
  }

  private static void requireNoNul(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new BackupRefusedException("a name with a NUL character in it");
    }
  }
}
