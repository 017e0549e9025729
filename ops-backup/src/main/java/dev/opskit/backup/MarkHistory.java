package dev.opskit.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The marks beside one backup, and what they come to. The order is that of their numbers. */
record MarkHistory(int lastNumber, List<MarkKind> kinds) {
  static final MarkHistory EMPTY = new MarkHistory(0, List.of());

  private record Entry(int number, MarkKind kind) {}

  static MarkHistory of(List<Layout.MarkName> names) {
    List<Entry> entries = new ArrayList<>();
    int last = 0;
    for (Layout.MarkName name : names) {
      last = Math.max(last, name.number());
      MarkKind.of(name.word()).ifPresent(kind -> entries.add(new Entry(name.number(), kind)));
    }
    entries.sort(Comparator.comparingInt(Entry::number).thenComparing(Entry::kind));
    return new MarkHistory(last, entries.stream().map(Entry::kind).toList());
  }

  /** Nobody has read it whole since it was found damaged. */
  boolean isDamaged() {
    int damaged = kinds.lastIndexOf(MarkKind.DAMAGED);
    return damaged >= 0
        && damaged > kinds.lastIndexOf(MarkKind.VERIFIED_HASHES)
        && damaged > kinds.lastIndexOf(MarkKind.VERIFIED_ARCHIVE);
  }

  MarkedBackup marked(BackupRecord record) {
    Set<BackupMark> marks = EnumSet.noneOf(BackupMark.class);
    if (record.suspicion().isPresent()) {
      marks.add(BackupMark.SUSPECT);
    }
    @Nullable VerificationLevel verified = null;
    int retirements = 0;
    for (MarkKind kind : kinds) {
      switch (kind) {
        case VERIFIED_EXISTS -> verified = higher(verified, VerificationLevel.EXISTS);
        case VERIFIED_CHECKSUMS -> verified = higher(verified, VerificationLevel.CHECKSUMS);
        case VERIFIED_HASHES, VERIFIED_ARCHIVE -> {
          marks.remove(BackupMark.DAMAGED);
          verified =
              higher(
                  verified,
                  kind == MarkKind.VERIFIED_HASHES
                      ? VerificationLevel.HASHES
                      : VerificationLevel.ARCHIVE);
        }
        case DAMAGED -> {
          marks.add(BackupMark.DAMAGED);
          marks.remove(BackupMark.DRILLED);
          verified = null;
        }
        case DRILLED -> marks.add(BackupMark.DRILLED);
        case QUARANTINED -> marks.add(BackupMark.QUARANTINED);
        case RELEASED -> marks.remove(BackupMark.QUARANTINED);
        case PINNED -> marks.add(BackupMark.PINNED);
        case UNPINNED -> marks.remove(BackupMark.PINNED);
        case ACCEPTED -> marks.remove(BackupMark.SUSPECT);
        case RETIRED -> retirements++;
        case SPARED -> retirements--;
      }
    }
    // Counted: each process that retires one spares its own only, and another may still be at it.
    if (retirements > 0) {
      marks.add(BackupMark.RETIRED);
    }
    return new MarkedBackup(record, Optional.ofNullable(verified), marks);
  }

  private static VerificationLevel higher(
      @Nullable VerificationLevel one, VerificationLevel other) {
    return one == null || one.compareTo(other) < 0 ? other : one;
  }
}
