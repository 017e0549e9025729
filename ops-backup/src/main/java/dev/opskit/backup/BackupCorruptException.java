package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/** A committed backup is not what was written: something is missing, changed or out of place. */
public final class BackupCorruptException extends BackupRefusedException {
  private static final long serialVersionUID = 1L;

  /**
   * A finding.
   *
   * @param message what is damaged
   */
  public BackupCorruptException(String message) {
    this(message, null);
  }

  /**
   * A finding with the failure that showed it.
   *
   * @param message what is damaged
   * @param cause the failure behind it, null if there is none
   */
  public BackupCorruptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
