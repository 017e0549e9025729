package dev.opskit.backup;

import java.time.Instant;
import java.util.List;

/**
 * Decides which backups stay. {@link Retention} is what most will want.
 *
 * <p>Called by {@link BackupService#previewRetention()} and {@link BackupService#retain()} on the
 * thread of their caller. A pure function: it depends on its arguments only and changes nothing.
 * Whatever it decides, the service keeps the newest backup that {@linkplain MarkedBackup#counts()
 * counts} and all that are pinned or quarantined. An exception ends the run before anything is
 * deleted. {@code RetentionPolicyContract} in ops-testkit checks an implementation.
 */
@FunctionalInterface
public interface RetentionPolicy {

  /**
   * Makes a plan.
   *
   * @param backups everything there is, in any order
   * @param now the present time
   * @return a decision for each of them, newest first, and why
   */
  RetentionPlan plan(List<MarkedBackup> backups, Instant now);
}
