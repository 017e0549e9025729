package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.maintenance.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Out of traffic on purpose, whatever the checks say: why, and when to ask again if that is known.
 */
record OutOfService(HealthResult why, @Nullable Duration retryAfter) {
  static final OutOfService DRAINING =
      new OutOfService(
          HealthResult.down(HealthCause.DRAINING, "the service is shutting down"), null);

  /** Apart from the time that is left. */
  boolean isSameAs(@Nullable OutOfService other) {
    return other != null && why.equals(other.why);
  }

  static OutOfService maintenance(MaintenanceWindow window, Instant now) {
    HealthResult why =
        HealthResult.down(HealthCause.MAINTENANCE, window.reason())
            .with("owner", window.owner())
            .with("until", window.until().toString());
    Duration left = Duration.between(now, window.until());
    return new OutOfService(Shown.of(why), left.isNegative() ? Duration.ZERO : left);
  }
}
