package dev.opskit.backup;

import java.io.IOException;

/**
 * Implemented by a {@link BackupStrategy}, too, if it can tell whether what it has restored is what
 * was backed up. Drills need it. Called on the thread of whoever wants a drill or a restore.
 */
@FunctionalInterface
public interface ScratchStrategy {

  /**
   * Reserves a name for a target that is there for a while only. What earlier runs that died have
   * left under such names is dropped.
   *
   * @return to be closed by the same thread
   * @throws IOException if it may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  Scratch scratch() throws IOException, InterruptedException;
}
