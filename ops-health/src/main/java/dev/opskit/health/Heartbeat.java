package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;

/**
 * The sign of life of a loop inside the service, a consumer or a worker: alive is what makes
 * progress, not what answers a ping. Made by {@link Health#heartbeat}; thread-safe.
 */
public final class Heartbeat {
  private final TimeSource time;
  private volatile long lastNanos;

  Heartbeat(TimeSource time) {
    this.time = time;
    beat();
  }

  /** Says that progress was made. Costs one look at the clock. */
  public void beat() {
    lastNanos = time.nanoTime();
  }

  HealthCheck silentFor(Duration maxSilence) {
    return new HealthCheck() {
      @Override
      public HealthResult check(CheckContext context) {
        Duration silence = Duration.ofNanos(time.nanoTime() - lastNanos);
        HealthResult result =
            silence.compareTo(maxSilence) <= 0
                ? HealthResult.up()
                : HealthResult.down(
                    HealthCause.OVERDUE, "no beat for " + silence.toSeconds() + " s");
        return result.with("silentMillis", silence.toMillis());
      }

      @Override
      public DependencyScope scope() {
        return DependencyScope.LOCAL;
      }
    };
  }
}
