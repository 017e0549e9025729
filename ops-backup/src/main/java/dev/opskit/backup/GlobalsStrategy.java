package dev.opskit.backup;

import java.io.IOException;
import java.util.List;

/**
 * Implemented by a {@link BackupStrategy}, too, if its data needs what belongs to the server as a
 * whole, as the roles of PostgreSQL, and a dump records it. Called by {@link Restores#globals} and
 * recoveries from a complete outage, on the thread of their caller.
 */
@FunctionalInterface
public interface GlobalsStrategy {

  /**
   * Creates what is missing, all of it or nothing. What is there is neither changed nor dropped.
   *
   * @param source what {@link BackupStrategy#dump} wrote; also one that has no globals, as an older
   *     version wrote it
   * @return what was created, in words for people; empty if nothing was missing
   * @throws IOException if nothing has changed, and it may succeed later
   * @throws InterruptedException if the thread was interrupted, and nothing has changed
   */
  List<String> createGlobals(BackupSource source) throws IOException, InterruptedException;
}
