package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/**
 * It did not work this time and may work later: the store or the server did not answer, a tool was
 * killed, a disk is full, another run is under way.
 */
public final class BackupUnavailableException extends BackupException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message what did not work
   */
  public BackupUnavailableException(String message) {
    this(message, null);
  }

  /**
   * A failure with its cause.
   *
   * @param message what did not work
   * @param cause the failure behind it, null if there is none
   */
  public BackupUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
