package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one probe. Immutable.
 *
 * @param status the status of the whole, after the scopes of the checks were weighed; {@code DOWN}
 *     while out of service
 * @param available whether the probe is answered with yes (200) or no (503)
 * @param outOfService why the service is out of traffic on purpose, whatever its checks say: {@link
 *     HealthCause#MAINTENANCE} or {@link HealthCause#DRAINING}; null if it is not, and always for
 *     liveness and startup
 * @param retryAfter when it is worth asking again; null if that is not known
 * @param checks what it is made of, in the order of registration
 */
public record HealthReport(
    HealthStatus status,
    boolean available,
    @Nullable HealthResult outOfService,
    @Nullable Duration retryAfter,
    List<CheckReport> checks) {
  /** Copies the list. */
  public HealthReport {
    checks = List.copyOf(checks);
  }
}
