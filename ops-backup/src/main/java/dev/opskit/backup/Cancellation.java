package dev.opskit.backup;

/** Interrupting the thread of an operation ends it at the next chunk. */
final class Cancellation {
  private Cancellation() {}

  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new BackupUnavailableException("the thread was interrupted");
    }
  }
}
