package dev.opskit.spring.boot;

import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;

/** Joins a database of the properties with the secret that it is logged in to with. */
final class PostgresParts {
  private PostgresParts() {}

  static PostgresBackup strategy(BackupProperties.Postgres postgres, OpsSecrets secrets) {
    SecretRef ref = SecretRef.of(Required.text("ops.backup.postgres.secret", postgres.secret()));
    RotatingSecret<DatabaseCredentials> login =
        secrets.rotating(ref, SecretType.databaseCredentials());
    PostgresServer server =
        new PostgresServer(
            postgres.host(), postgres.port(), postgres.database(), login.get().username());
    return PostgresBackup.of(server, () -> password(secrets, ref));
  }

  private static char[] password(OpsSecrets secrets, SecretRef ref) {
    try (DatabaseCredentials credentials = secrets.databaseCredentials(ref)) {
      return credentials.password().withChars(char[]::clone);
    }
  }
}
