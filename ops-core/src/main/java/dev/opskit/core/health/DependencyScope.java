package dev.opskit.core.health;

/** Who else is affected when the checked thing fails; this decides what readiness makes of it. */
public enum DependencyScope {
  /** Inside this process or machine: heap, disk, a heartbeat. */
  LOCAL,
  /** A dependency of this instance alone: a sidecar, its own database. */
  PRIVATE,
  /** A dependency of all replicas alike: taking one of them out of service helps nobody. */
  SHARED
}
