package dev.opskit.health;

import dev.opskit.core.health.HealthStatus;
import java.util.List;

/**
 * The answer to one probe. Immutable.
 *
 * @param status the status of the whole, after the scopes of the checks were weighed
 * @param available whether the probe is answered with yes (200) or no (503)
 * @param checks what it is made of, in the order of registration
 */
public record HealthReport(HealthStatus status, boolean available, List<CheckReport> checks) {
  /** Copies the list. */
  public HealthReport {
    checks = List.copyOf(checks);
  }
}
