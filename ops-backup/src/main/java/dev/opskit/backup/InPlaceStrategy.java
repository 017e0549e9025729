package dev.opskit.backup;

import java.io.IOException;

/**
 * Implemented by a {@link BackupStrategy}, too, if it can replace the content of the live data
 * without a second copy of it. Called on the thread of whoever wants a restore.
 */
@FunctionalInterface
public interface InPlaceStrategy {

  /**
   * Replaces everything as one transaction: if this throws, nothing has changed. Users of the data
   * wait meanwhile.
   *
   * @param source what {@link BackupStrategy#dump} wrote
   * @throws BackupCorruptException if what was restored is not what was backed up
   * @throws IOException if it may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  void restoreInPlace(BackupSource source) throws IOException, InterruptedException;
}
