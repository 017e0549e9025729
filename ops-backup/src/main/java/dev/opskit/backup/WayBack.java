package dev.opskit.backup;

import dev.opskit.backup.RecoveryEntry.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was live when a recovery began. A runner may die between a swap and the entry about it, and
 * another one swap again: it is the oldest of the restore points that came since the first of them
 * looked, which the journal tells. Confined to one thread.
 */
final class WayBack {
  private @Nullable Set<String> older;
  private @Nullable String target;

  /** What an earlier runner has noted of the restore. */
  void remember(RecoveryEntry entry) {
    if (entry.kind() == Kind.APPLYING && older == null) {
      older = Set.of(entry.note().split("\n"));
    } else if (entry.kind() == Kind.UNDOING && target == null) {
      target = entry.note();
    }
  }

  /**
   * Before anything is swapped.
   *
   * @return what the journal has to hold
   */
  String begin(List<RestorePoint> points) {
    String names = points.stream().map(RestorePoint::target).collect(Collectors.joining("\n"));
    if (older == null) {
      older = Set.of(names.split("\n"));
    }
    return names;
  }

  boolean isFound() {
    return target != null;
  }

  /**
   * Looks for it.
   *
   * @param points newest first
   * @param isReplaced whether something is known to have taken its place
   */
  void find(List<RestorePoint> points, boolean isReplaced) {
    Set<String> before = older == null ? Set.of() : older;
    String oldest =
        points.stream()
            .map(RestorePoint::target)
            .filter(point -> !before.contains(point))
            .reduce("", (newer, point) -> point);
    if (oldest.isEmpty() && isReplaced) {
      throw new BackupRefusedException(
          "nothing was live before the recovery that could be live again; run the plan to its end");
    }
    target = oldest;
  }

  /**
   * The restore point to go back to. Once it is live it is none any more, so that going back again
   * changes nothing.
   *
   * @return empty if nothing was swapped
   */
  String target() {
    return target == null ? "" : target;
  }
}
