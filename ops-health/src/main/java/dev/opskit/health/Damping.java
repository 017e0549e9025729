package dev.opskit.health;

/**
 * Keeps a single odd result from turning a probe over: so many failures, or successes, one directly
 * after the other, are needed before what is reported changes. The very first result counts at
 * once, as there is nothing to keep yet. Confined to the loop's lock.
 */
final class Damping {
  private final int failureThreshold;
  private final int successThreshold;
  private boolean anyReported;
  private boolean reported;
  private boolean last;
  private int streak;

  Damping(int failureThreshold, int successThreshold) {
    this.failureThreshold = failureThreshold;
    this.successThreshold = successThreshold;
  }

  /** Whether this result is to be reported from now on. */
  boolean accepts(boolean success) {
    int needed = success ? successThreshold : failureThreshold;
    streak = success == last ? Math.min(streak + 1, needed) : 1;
    last = success;
    if (anyReported && reported != success && streak < needed) {
      return false;
    }
    anyReported = true;
    reported = success;
    return true;
  }
}
