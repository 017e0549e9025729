package dev.opskit.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NotDirectoryException;

final class FileFailures {
  private FileFailures() {}

  static BackupException of(String what, IOException e) {
    String message = what + " failed: " + e;
    return e instanceof AccessDeniedException || e instanceof NotDirectoryException
        ? new BackupRefusedException(message, e)
        : new BackupUnavailableException(message, e);
  }
}
