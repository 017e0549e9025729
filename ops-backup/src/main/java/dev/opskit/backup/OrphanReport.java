package dev.opskit.backup;

import java.util.List;

/**
 * What a collection did.
 *
 * @param collected the ids of the runs that never came to a backup, or of backups whose deletion
 *     was cut short; all that was left of them is gone
 * @param waiting the ids of runs without a backup that may still be running
 * @param blobs how many blobs were deleted
 * @param bytes how large these were together
 */
public record OrphanReport(List<String> collected, List<String> waiting, int blobs, long bytes) {
  /** Copies the lists. */
  public OrphanReport {
    collected = List.copyOf(collected);
    waiting = List.copyOf(waiting);
  }
}
