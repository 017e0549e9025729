package dev.opskit.backup;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds whatever a policy says: it may be somebody else's, and wrong. */
final class RetentionGuard {
  private RetentionGuard() {}

  /** Wants the backups newest first. */
  static RetentionPlan guard(RetentionPlan plan, List<MarkedBackup> backups) {
    Optional<MarkedBackup> newest =
        backups.stream().filter(b -> b.isRegular() && b.counts()).findFirst();
    Set<String> untouchable = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (MarkedBackup backup : backups) {
      known.add(backup.backup().id());
      if (newest.isEmpty()
          || backup == newest.get()
          || backup.is(BackupMark.PINNED)
          || backup.is(BackupMark.QUARANTINED)) {
        untouchable.add(backup.backup().id());
      }
    }
    return new RetentionPlan(
        plan.at(),
        plan.frozen(),
        plan.decisions().stream()
            .filter(decision -> known.contains(decision.backup().id()))
            .map(
                decision ->
                    !decision.keep() && untouchable.contains(decision.backup().id())
                        ? new RetentionPlan.Decision(decision.backup(), true, "never deleted")
                        : decision)
            .toList());
  }
}
