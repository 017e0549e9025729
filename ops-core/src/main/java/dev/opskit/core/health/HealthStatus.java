package dev.opskit.core.health;

/** How something is, from best to worst; the ordinal is the severity. */
public enum HealthStatus {
  /** It works. */
  UP,
  /** It works, but not as it should; traffic may still be sent. */
  DEGRADED,
  /** Nothing is known: not run yet, or the last result is too old. */
  UNKNOWN,
  /** It does not work. */
  DOWN;

  /**
   * The more severe of two.
   *
   * @param other the other one
   * @return this or {@code other}
   */
  public HealthStatus worst(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
