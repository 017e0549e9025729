package dev.opskit.health;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthStatus;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one check is run and what counts on it. Confined to the call that configures it. */
public final class CheckOptions {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST = 100;

  private final String name;
  private final Set<String> tags = new LinkedHashSet<>();
  private Duration timeout = Duration.ofSeconds(2);
  private Duration interval = Duration.ofSeconds(10);
  private Duration intervalWhileDown = Duration.ofSeconds(1);
  private Duration maxAge = Duration.ofSeconds(30);
  private int failureThreshold = 1;
  private int successThreshold = 1;
  private boolean onDemand;
  private boolean interruptible;
  private DependencyScope scope;
  private @Nullable Boolean critical;
  private boolean remoteInLiveness;
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
   * The time from the start of one run to the start of the next; up to a tenth of it is taken off
   * at random, so that the checks of many instances spread.
   *
   * @param interval from the timeout to one day; default 10 s
   * @return this
   */
  public CheckOptions interval(Duration interval) {
    this.interval = interval;
    return this;
  }

  /**
   * The interval after a failure, so that failures are confirmed and recovery is seen sooner.
   *
   * @param interval 10 ms to {@link #interval}; default 1 s
   * @return this
   */
  public CheckOptions intervalWhileDown(Duration interval) {
    this.intervalWhileDown = interval;
    return this;
  }

  /**
   * The age beyond which a success is not believed any more: it is reported as UNKNOWN from then
   * on.
   *
   * @param maxAge at least what it takes to see a failure: the interval, the timeout and the
   *     confirmation that the failure threshold asks for; default 30 s
   * @return this
   */
  public CheckOptions maxAge(Duration maxAge) {
    this.maxAge = maxAge;
    return this;
  }

  /**
   * How many runs must fail one directly after the other before the check is reported as failing.
   * The very first result counts at once.
   *
   * @param consecutive 1 to 100; default 1
   * @return this
   */
  public CheckOptions failureThreshold(int consecutive) {
    this.failureThreshold = consecutive;
    return this;
  }

  /**
   * How many runs must succeed one directly after the other before a failing check is reported as
   * working.
   *
   * @param consecutive 1 to 100; default 1
   * @return this
   */
  public CheckOptions successThreshold(int consecutive) {
    this.successThreshold = consecutive;
    return this;
  }

  /**
   * Runs the check when somebody probes and not in the background. A probe then waits for it, up to
   * its timeout; probes that come meanwhile wait for the same run. {@link #interval} is the least
   * time between two runs.
   *
   * @return this
   */
  public CheckOptions onDemand() {
    this.onDemand = true;
    return this;
  }

  /**
   * Whether the engine may interrupt the thread of a run that has timed out.
   *
   * @param interruptible default what {@link HealthCheck#interruptible()} says
   * @return this
   */
  public CheckOptions interruptible(boolean interruptible) {
    this.interruptible = interruptible;
    return this;
  }

  /**
   * Whom a failure affects.
   *
   * @param scope default what {@link HealthCheck#scope()} says
   * @return this
   */
  public CheckOptions scope(DependencyScope scope) {
    this.scope = scope;
    return this;
  }

  /**
   * Whether the service cannot do its work without. While a critical check fails, its probes say no
   * (503); while another one fails, they are {@link HealthStatus#DEGRADED} (200).
   *
   * @param critical default true for LOCAL and PRIVATE, false for SHARED: one instance out of
   *     traffic does not help against what all of them share
   * @return this
   */
  public CheckOptions critical(boolean critical) {
    this.critical = critical;
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

  /**
   * Lets a check that looks outside of the process count for liveness, where its failure restarts
   * every instance and mends nothing. Known as the way to turn an outage into a larger one.
   *
   * @param reason why it is right here, for those who read the code; not blank
   * @return this
   */
  public CheckOptions allowRemoteInLiveness(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "allowRemoteInLiveness of check '" + name + "' needs a reason");
    }
    this.remoteInLiveness = true;
    return this;
  }

  /**
   * Words to group checks by, shown by {@code /status}.
   *
   * @param tags none by default
   * @return this
   */
  public CheckOptions tags(String... tags) {
    this.tags.addAll(List.of(tags));
    return this;
  }

  CheckSpec build() {
    CheckSpec spec =
        new CheckSpec(
            name,
            Set.copyOf(probes),
            onDemand,
            timeout,
            interval,
            intervalWhileDown,
            maxAge,
            failureThreshold,
            successThreshold,
            scope,
            critical == null ? scope != DependencyScope.SHARED : critical,
            interruptible,
            Set.copyOf(tags));
    require("timeout", timeout, SHORTEST, interval);
    require("interval", interval, timeout, LONGEST);
    require("intervalWhileDown", intervalWhileDown, SHORTEST, interval);
    requireThreshold("failureThreshold", failureThreshold);
    requireThreshold("successThreshold", successThreshold);
    if (maxAge.compareTo(spec.detection()) < 0) {
      throw refused("maxAge", maxAge, "at least " + spec.detection());
    }
    if (probes.contains(Probe.LIVENESS) && scope != DependencyScope.LOCAL && !remoteInLiveness) {
      throw new IllegalArgumentException(
          "check '%s' is %s and may not count for LIVENESS: restarting this process mends nothing"
                  .formatted(name, scope)
              + " outside of it; use READINESS, or scope(LOCAL) if it looks only inside, or"
              + " allowRemoteInLiveness(reason)");
    }
    return spec;
  }

  private void require(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(option, value, least + " to " + most);
    }
  }

  private void requireThreshold(String option, int value) {
    if (value < 1 || value > MOST) {
      throw refused(option, value, "1 to " + MOST);
    }
  }

  private IllegalArgumentException refused(String option, Object value, String wanted) {
    return new IllegalArgumentException(
        "%s of check '%s' is %s, must be %s".formatted(option, name, value, wanted));
  }
}
