package dev.opskit.backup;

import java.time.Duration;
import java.util.Objects;

/**
 * A backup was restored on trial, and what came out was what had gone in.
 *
 * @param id the backup
 * @param plainBytes how much data was loaded
 * @param took how long it took to verify, load and compare; a recovery takes about as long
 */
public record DrillReport(String id, long plainBytes, Duration took) {

  /** Rejects null. */
  public DrillReport {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(took, "took");
  }
}
