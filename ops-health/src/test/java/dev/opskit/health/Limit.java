package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import java.time.Duration;

/** The time of a run that does not pass. */
final class Limit {
  private Limit() {}

  static CheckContext of(long millis) {
    return () -> Duration.ofMillis(millis);
  }

  static CheckContext ample() {
    return of(10_000);
  }
}
