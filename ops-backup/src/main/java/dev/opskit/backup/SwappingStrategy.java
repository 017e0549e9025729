package dev.opskit.backup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Implemented by a {@link BackupStrategy}, too, if it can put a restored target into the place of
 * the live data in one step. Whenever it is stopped, also by a power cut, the live data is all of
 * the old or all of the new. Called on the thread of whoever wants a restore.
 */
public interface SwappingStrategy extends ScratchStrategy {

  /**
   * The name of the live data.
   *
   * @return constant, in words of the strategy
   */
  String live();

  /**
   * Gives a target the name of the live data, and the live data another one. Whoever uses it loses
   * the connection and finds the new data with the next one.
   *
   * @param target a scratch target, or a restore point that shall be live again
   * @return where the data is now that was live; empty if there was none
   * @throws IOException if nothing has changed, and it may succeed later
   * @throws InterruptedException if the thread was interrupted, and nothing has changed
   */
  Optional<RestorePoint> swapIn(String target) throws IOException, InterruptedException;

  /**
   * Data that was live and has not been dropped yet.
   *
   * @return newest first
   * @throws IOException if it may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  List<RestorePoint> restorePoints() throws IOException, InterruptedException;

  /**
   * Drops a restore point for good.
   *
   * @param point one of {@link #restorePoints()}
   * @throws IOException if it may succeed later
   * @throws InterruptedException if the thread was interrupted
   */
  void drop(RestorePoint point) throws IOException, InterruptedException;
}
