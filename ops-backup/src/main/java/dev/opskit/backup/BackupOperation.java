package dev.opskit.backup;

/** What a {@link BackupService} is doing. */
public enum BackupOperation {
  /** Dump and store. */
  BACKUP,
  /** Read everything that was stored and have the strategy parse it. */
  VERIFY,
  /** Verify, then load into a new target. */
  RESTORE
}
