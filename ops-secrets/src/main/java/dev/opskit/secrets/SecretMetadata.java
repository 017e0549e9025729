package dev.opskit.secrets;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store tells of a secret without its value.
 *
 * @param version what the store calls the version that {@link SecretProvider#fetch} would give now
 * @param nextRotation when the store means to rotate it, empty if it does not
 * @param lastRotated when it was rotated, empty if never or not known
 */
public record SecretMetadata(
    String version, Optional<Instant> nextRotation, Optional<Instant> lastRotated) {

  /** Rejects null. */
  public SecretMetadata {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(nextRotation, "nextRotation");
    Objects.requireNonNull(lastRotated, "lastRotated");
  }
}
