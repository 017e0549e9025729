package dev.opskit.secrets;

import java.util.List;

/**
 * A user and a password out of one version of one secret. Read from a JSON object with the string
 * fields {@code username} or {@code user}, and {@code password}; other fields are ignored.
 *
 * @param username the user
 * @param password the password; wiped by {@link OpsSecrets} after its grace
 */
public record UsernamePassword(String username, SecretValue password) {
  static UsernamePassword parse(SecretRef ref, SecretValue value) {
    return SecretFields.read(
        ref,
        value,
        fields ->
            new UsernamePassword(
                fields.text(List.of("username", "user")), fields.value(List.of("password"))));
  }
}
