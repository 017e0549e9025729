package dev.opskit.core.alert;

/** How fast somebody has to act. */
public enum AlertSeverity {
  /** Nobody has to act; it is good to know. */
  INFO,
  /** Act within a working day: a ticket. */
  WARNING,
  /** Act now: a page. */
  CRITICAL
}
