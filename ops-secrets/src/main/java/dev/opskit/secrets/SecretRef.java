package dev.opskit.secrets;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a secret in a store. The name is no secret: it is in logs and exceptions.
 *
 * @param id the store's name for it, 1 to 512 characters, for example {@code orders/database}
 * @param stage which version
 * @param field the one field that is meant of a value that is a JSON object, 1 to 512 characters;
 *     null for the whole value. {@link OpsSecrets} takes it out of what the provider gave; a
 *     provider is never asked for it and ignores it
 */
public record SecretRef(String id, SecretStage stage, @Nullable String field) {
  private static final int MAX_LENGTH = 512;

  /** Rejects an empty or overlong id or field. */
  public SecretRef {
    requireLength("id", id);
    Objects.requireNonNull(stage, "stage");
    if (field != null) {
      requireLength("field", field);
    }
  }

  /**
   * The whole value of a secret.
   *
   * @param id the store's name for it
   * @param stage which version
   */
  public SecretRef(String id, SecretStage stage) {
    this(id, stage, null);
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

  /**
   * One field of the same secret.
   *
   * @param name the field's name in the JSON object
   * @return the reference
   */
  public SecretRef withField(String name) {
    return new SecretRef(id, stage, Objects.requireNonNull(name, "name"));
  }

  /** What a provider is asked for. */
  SecretRef whole() {
    return field == null ? this : new SecretRef(id, stage);
  }

  private static void requireLength(String what, String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a secret's %s has 1 to %d characters, got %s"
              .formatted(what, MAX_LENGTH, text.isBlank() ? "none" : text.length()));
    }
  }
}
