package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Owner, grants, settings and comment of the database itself, as statements for psql about the
 * database that the variable {@code target} names.
 */
final class DatabaseSettings {
  private static final String END = "-- end\n";
  private static final List<String> OF_ROLES =
      List.of("ALTER DATABASE :\"target\" OWNER", "ALTER ROLE", "GRANT", "REVOKE");

  private DatabaseSettings() {}

  static String read(SqlSession session) throws IOException, InterruptedException {
    return session.query(Script.SETTINGS.text()).stream()
            .map(row -> String.join("\t", row) + "\n")
            .collect(Collectors.joining())
        + END;
  }

  static void requireComplete(String statements) {
    if (!statements.endsWith(END)) {
      throw new BackupCorruptException("the settings of the database are not complete");
    }
  }

  static void apply(SqlSession session, String statements, String target, boolean withRoles)
      throws IOException, InterruptedException {
    String chosen =
        statements
            .lines()
            .filter(line -> withRoles || OF_ROLES.stream().noneMatch(line::startsWith))
            .collect(Collectors.joining("\n"));
    // As one transaction: half of the grants are worse than none.
    session.query(
        "\\set target '%s'\nBEGIN;\n%s\nCOMMIT;"
            .formatted(target.replace("\\", "\\\\").replace("'", "\\'"), chosen));
  }
}
