package dev.opskit.secrets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password out of one version of one secret, so that the two always fit together, with
 * what else the store says of the database.
 *
 * <p>Read from a JSON object in the form that AWS Secrets Manager gives to database secrets: {@code
 * username} or {@code user} and {@code password} are needed, {@code host} or {@code hostname} or
 * {@code endpoint}, {@code port}, {@code dbname} or {@code database} and {@code engine} may be
 * there, other fields are ignored.
 *
 * @param username the user
 * @param password the password
 * @param host where the database is, null if the secret does not say
 * @param port 1 to 65535, 0 if the secret does not say
 * @param database the database's name, null if the secret does not say
 * @param engine for example {@code postgres}, null if the secret does not say
 */
public record DatabaseCredentials(
    String username,
    SecretValue password,
    @Nullable String host,
    int port,
    @Nullable String database,
    @Nullable String engine)
    implements AutoCloseable {

  static DatabaseCredentials parse(SecretRef ref, SecretValue value) {
    return SecretFields.read(
        ref,
        value,
        fields -> {
          String username = fields.text(List.of("username", "user"));
          int port = fields.optionalPort(List.of("port"));
          return new DatabaseCredentials(
              username,
              fields.value(List.of("password")),
              fields.optionalText(List.of("host", "hostname", "endpoint")),
              port,
              fields.optionalText(List.of("dbname", "database")),
              fields.optionalText(List.of("engine")));
        });
  }

  /** Wipes the password of a copy of one's own; what a {@link RotatingSecret} gave stays. */
  @Override
  public void close() {
    password.close();
  }
}
