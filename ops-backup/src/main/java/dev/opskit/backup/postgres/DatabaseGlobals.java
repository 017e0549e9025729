package dev.opskit.backup.postgres;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The roles that a database needs, as statements for psql that create those which are missing. They
 * are without passwords, which only a superuser could read, and nobody should.
 */
final class DatabaseGlobals {
  /** What a backup holds that was taken before roles were. */
  static final String NONE = "-- end\n";

  private DatabaseGlobals() {}

  static String read(SqlSession session) throws IOException, InterruptedException {
    return session.query(Script.GLOBALS.text()).stream()
            .map(row -> String.join("\t", row) + "\n")
            .collect(Collectors.joining())
        + NONE;
  }

  static void requireComplete(String statements) {
    if (!statements.endsWith(NONE)) {
      throw new BackupCorruptException("the roles of the database are not complete");
    }
  }

  /** What was created. */
  static List<String> create(SqlSession session, String statements)
      throws IOException, InterruptedException {
    try {
      // As one transaction: a role that is there is left alone the next time, so that it must not
      // be there without its memberships.
      return session.query("BEGIN;\n" + statements + "COMMIT;").stream()
          .map(row -> row.get(0))
          .toList();
    } catch (BackupRefusedException e) {
      throw new BackupRefusedException(
          "the roles that are missing could not be created, create them by hand or restore as a"
              + " superuser: "
              + e.getMessage(),
          e);
    }
  }
}
