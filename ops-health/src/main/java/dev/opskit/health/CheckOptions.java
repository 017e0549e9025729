package dev.opskit.health;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCheck;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** How one check is run and what counts on it. Confined to the call that configures it. */
public final class CheckOptions {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(1);

  private final String name;
  private final boolean interruptible;
  private Duration timeout = Duration.ofSeconds(2);
  private Duration interval = Duration.ofSeconds(10);
  private Duration intervalWhileDown = Duration.ofSeconds(1);
  private Duration maxAge = Duration.ofSeconds(30);
  private DependencyScope scope;
  private Set<Probe> probes = EnumSet.of(Probe.READINESS, Probe.STARTUP);

  CheckOptions(String name, HealthCheck check) {
    this.name = name;
    this.scope = check.scope();
    this.interruptible = check.interruptible();
  }

  /**
   * How long one run may take before it is reported as timed out.
   *
   * @param timeout 10 ms to {@link #interval}; default 2 s
   * @return this
   */
  public CheckOptions timeout(Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /**
   * The time from the start of one run to the start of the next.
   *
   * @param interval from the timeout to one day; default 10 s
   * @return this
   */
  public CheckOptions interval(Duration interval) {
    this.interval = interval;
    return this;
  }

  /**
   * The interval while the last result was not up, so that recovery is seen sooner.
   *
   * @param interval 10 ms to {@link #interval}; default 1 s
   * @return this
   */
  public CheckOptions intervalWhileDown(Duration interval) {
    this.intervalWhileDown = interval;
    return this;
  }

  /**
   * The age beyond which a result is not believed any more.
   *
   * @param maxAge at least interval and timeout together; default 30 s
   * @return this
   */
  public CheckOptions maxAge(Duration maxAge) {
    this.maxAge = maxAge;
    return this;
  }

  /**
   * Whom a failure affects. Readiness is DOWN (503) while a LOCAL or PRIVATE check is down, and
   * DEGRADED (200) while a SHARED one is.
   *
   * @param scope default what {@link HealthCheck#scope()} says
   * @return this
   */
  public CheckOptions scope(DependencyScope scope) {
    this.scope = scope;
    return this;
  }

  /**
   * The probes that the check counts for.
   *
   * @param first at least one
   * @param more others; default readiness and startup
   * @return this
   */
  public CheckOptions probes(Probe first, Probe... more) {
    this.probes = EnumSet.of(first, more);
    return this;
  }

  CheckSpec build() {
    require("timeout", timeout, SHORTEST);
    require("interval", interval, timeout);
    if (interval.compareTo(LONGEST) > 0) {
      throw refused("interval", interval, "at most " + LONGEST);
    }
    require("intervalWhileDown", intervalWhileDown, SHORTEST);
    require("maxAge", maxAge, interval.plus(timeout));
    if (intervalWhileDown.compareTo(interval) > 0) {
      throw refused("intervalWhileDown", intervalWhileDown, "at most the interval, " + interval);
    }
    if (probes.contains(Probe.LIVENESS) && scope != DependencyScope.LOCAL) {
      throw new IllegalArgumentException(
          "check '%s' is %s and may not count for LIVENESS: restarting this process mends nothing"
                  .formatted(name, scope)
              + " outside of it; use READINESS, or scope(LOCAL) if it looks only inside");
    }
    return new CheckSpec(
        name,
        Set.copyOf(probes),
        timeout,
        interval,
        intervalWhileDown,
        maxAge,
        scope,
        interruptible);
  }

  private void require(String option, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw refused(option, value, "at least " + least);
    }
  }

  private IllegalArgumentException refused(String option, Duration value, String wanted) {
    return new IllegalArgumentException(
        "%s of check '%s' is %s, must be %s".formatted(option, name, value, wanted));
  }
}
