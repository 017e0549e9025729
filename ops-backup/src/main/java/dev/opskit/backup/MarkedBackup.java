package dev.opskit.backup;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A committed backup with what has been found out about it since. Immutable; a later mark is seen
 * by the next look into the catalog.
 *
 * @param backup what its manifest tells
 * @param verified the highest level at which it was found sound; empty if it was never verified, or
 *     not since it was found damaged
 * @param marks what else holds for it
 */
public record MarkedBackup(
    BackupRecord backup, Optional<VerificationLevel> verified, Set<BackupMark> marks) {

  /** Copies the marks. */
  public MarkedBackup {
    Objects.requireNonNull(backup, "backup");
    Objects.requireNonNull(verified, "verified");
    marks = Set.copyOf(marks);
  }

  /**
   * Whether a mark holds.
   *
   * @param mark which
   * @return true if it does
   */
  public boolean is(BackupMark mark) {
    return marks.contains(mark);
  }

  /**
   * Whether this backup is proven: every byte was read since it was written, and nothing speaks
   * against it. Only such a backup lets retention delete another.
   *
   * @return true if it counts
   */
  public boolean counts() {
    return verified.filter(VerificationLevel::counts).isPresent() && !isDoubtful();
  }

  /** Something speaks against it. */
  boolean isDoubtful() {
    return is(BackupMark.DAMAGED) || is(BackupMark.QUARANTINED) || is(BackupMark.SUSPECT);
  }

  boolean isRegular() {
    return backup.kind() == BackupRecord.Kind.REGULAR;
  }
}
