package dev.opskit.core.health;

/**
 * Why something is not {@link HealthStatus#UP}: a closed set that dashboards and alerts can group
 * by.
 */
public enum HealthCause {
  /** The check failed in a way that has no more exact cause here. */
  FAILED,
  /** No answer within the check's timeout. */
  TIMEOUT,
  /** The connection was refused or cut. */
  REFUSED,
  /** The name could not be resolved. */
  DNS,
  /** The TLS handshake failed or a certificate is not valid. */
  TLS,
  /** The credentials were rejected, or none were given. */
  AUTH,
  /** No connection was free in the pool: load, not outage. */
  POOL_EXHAUSTED,
  /** The dependency is starting and loading its data. */
  LOADING,
  /** The dependency accepts reads only. */
  READ_ONLY,
  /** A resource is used up, or nearly: disk, memory, threads. */
  EXHAUSTED,
  /** Something expected did not happen in time: a heartbeat, a backup, a rotation. */
  OVERDUE,
  /** The last result is too old to be believed. */
  STALE,
  /** The check has not run yet. */
  NOT_YET_RUN,
  /** Maintenance mode is on. */
  MAINTENANCE,
  /** The service is shutting down and takes no new work. */
  DRAINING
}
