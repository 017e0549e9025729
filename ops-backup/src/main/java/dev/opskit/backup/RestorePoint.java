package dev.opskit.backup;

import java.time.Instant;
import java.util.Objects;

/**
 * Data that was live until a restore took its place. Immutable.
 *
 * @param target its name now, in words of the strategy
 * @param since when it was replaced
 */
public record RestorePoint(String target, Instant since) {

  /** Rejects null. */
  public RestorePoint {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(since, "since");
  }
}
