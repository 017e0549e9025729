package dev.opskit.health;

import dev.opskit.core.health.DependencyScope;
import java.time.Duration;
import java.util.Set;

/** The validated options of one check. */
record CheckSpec(
    String name,
    Set<Probe> probes,
    boolean onDemand,
    Duration timeout,
    Duration interval,
    Duration intervalWhileDown,
    Duration maxAge,
    int failureThreshold,
    int successThreshold,
    DependencyScope scope,
    boolean critical,
    boolean interruptible,
    Set<String> tags) {

  /** The longest from a fault to the report of it; the engine's own tick comes on top. */
  Duration detection() {
    return interval.plus(timeout).plus(confirmation());
  }

  /** What the failures after the first one take. */
  Duration confirmation() {
    return intervalWhileDown.plus(timeout).multipliedBy(failureThreshold - 1L);
  }
}
