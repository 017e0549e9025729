package dev.opskit.health;

/** What an orchestrator asks, and what it does with a no. */
public enum Probe {
  /** Is the process alive? A no restarts it, so nothing outside the process belongs here. */
  LIVENESS,
  /** Can it serve? A no takes it out of traffic until it can again. */
  READINESS,
  /** Has it started? A no keeps the other two from being asked. */
  STARTUP
}
