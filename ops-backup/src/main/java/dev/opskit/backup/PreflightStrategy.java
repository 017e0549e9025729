package dev.opskit.backup;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Implemented by a {@link BackupStrategy}, too, if it can tell beforehand what is in the way.
 * {@link BackupService#preflight()} calls it, and every restore before it reads the backup, on the
 * thread of the caller. Changes nothing, may block for seconds.
 */
@FunctionalInterface
public interface PreflightStrategy {

  /** What is about to be done. */
  enum Purpose {
    /** A backup is taken. */
    BACKUP,
    /** A backup is loaded into a new target, for good or for a drill. */
    COPY,
    /** A backup is loaded beside the live data and takes its place. */
    REPLACE,
    /** The content of the live data is replaced. */
    IN_PLACE
  }

  /**
   * Looks for everything that is in the way, and does not stop at the first.
   *
   * @param purpose what is about to be done
   * @param facts of the backup that is to be restored; empty if it is about none
   * @return empty if nothing is in the way
   * @throws IOException if it could not be found out
   * @throws InterruptedException if the thread was interrupted
   */
  List<BackupProblem> problems(Purpose purpose, Map<String, String> facts)
      throws IOException, InterruptedException;
}
