package dev.opskit.health;

import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.time.Instant;

/** What happens in a {@link Health}. Immutable; more kinds may be added. */
public sealed interface HealthEvent {

  /**
   * What is reported of a check has changed its status.
   *
   * @param check the check's name
   * @param from the status until now
   * @param result what is reported from now on
   * @param at when it was noticed
   */
  record Transition(String check, HealthStatus from, HealthResult result, Instant at)
      implements HealthEvent {

    /**
     * The status from now on.
     *
     * @return the one of {@link #result}
     */
    public HealthStatus to() {
      return result.status();
    }
  }
}
