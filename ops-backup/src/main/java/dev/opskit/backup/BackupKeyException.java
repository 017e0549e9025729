package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/**
 * The key of an encrypted backup cannot be had: it is lost, another one under the same id, or not
 * for this service. The message names the ids. It says nothing about whether the backup is sound.
 */
public final class BackupKeyException extends BackupRefusedException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param message which key it is about, by its id, and how to mend it
   */
  public BackupKeyException(String message) {
    this(message, null);
  }

  /**
   * A refusal with the failure that led to it.
   *
   * @param message which key it is about, by its id, and how to mend it
   * @param cause the failure behind it, null if there is none
   */
  public BackupKeyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
