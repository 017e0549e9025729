package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/**
 * A backup, verification or restore did not succeed. The two families tell whether trying the same
 * thing again can help. Messages never contain a secret.
 */
public abstract sealed class BackupException extends RuntimeException
    permits BackupRefusedException, BackupUnavailableException {
  private static final long serialVersionUID = 1L;

  BackupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
