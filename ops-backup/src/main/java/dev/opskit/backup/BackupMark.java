package dev.opskit.backup;

/** What holds for a backup besides what its manifest tells. */
public enum BackupMark {
  /** The last time it was read it was not what had been written. Does not count. */
  DAMAGED,
  /** Restored on trial, and what came out was what had gone in. */
  DRILLED,
  /** Somebody does not trust it. Does not count, and retention leaves it alone. */
  QUARANTINED,
  /**
   * Its size or number of rows is far from the recent ones. Does not count until it is accepted.
   */
  SUSPECT,
  /** Somebody needs it. Retention leaves it alone. */
  PINNED,
  /** Retention has begun to delete it. It can no longer be pinned. */
  RETIRED
}
