package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for is wrong or absent, and asking again will not help: an unknown backup, a
 * target that exists already, missing tools, a rejected credential.
 */
public sealed class BackupRefusedException extends BackupException
    permits BackupCorruptException, BackupKeyException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param message what is wrong and, where possible, how to mend it
   */
  public BackupRefusedException(String message) {
    this(message, null);
  }

  /**
   * A refusal with the failure that led to it.
   *
   * @param message what is wrong and, where possible, how to mend it
   * @param cause the failure behind it, null if there is none
   */
  public BackupRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
