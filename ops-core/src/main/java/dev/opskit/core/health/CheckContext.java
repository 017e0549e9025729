package dev.opskit.core.health;

import java.time.Duration;

/** What one run of a {@link HealthCheck} knows about its limits. Confined to that run. */
public interface CheckContext {

  /**
   * Time left until the engine gives up on this run. Pass it on as the timeout of whatever the
   * check calls.
   *
   * @return zero or more, never negative
   */
  Duration remaining();
}
