package dev.opskit.secrets;

import java.util.Objects;

/**
 * Names a secret in a store. The name is no secret: it is in logs and exceptions.
 *
 * @param id the store's name for it, 1 to 512 characters, for example {@code orders/database}
 * @param stage which version
 */
public record SecretRef(String id, SecretStage stage) {
  private static final int MAX_LENGTH = 512;

  /** Rejects an empty or overlong id. */
  public SecretRef {
    if (id.isBlank() || id.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a secret's id has 1 to 512 characters, got " + (id.isBlank() ? "none" : id.length()));
    }
    Objects.requireNonNull(stage, "stage");
  }

  /**
   * The current version of a secret.
   *
   * @param id the store's name for it
   * @return the reference
   */
  public static SecretRef of(String id) {
    return new SecretRef(id, SecretStage.CURRENT);
  }
}
