package dev.opskit.backup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be noted beside a backup. Of two notes that were written at the same time with the same
 * number, the later one of this list has the last word: it is the more careful one.
 */
enum MarkKind {
  VERIFIED_EXISTS,
  VERIFIED_CHECKSUMS,
  VERIFIED_HASHES,
  VERIFIED_ARCHIVE,
  DRILLED,
  RELEASED,
  UNPINNED,
  ACCEPTED,
  SPARED,
  DAMAGED,
  QUARANTINED,
  PINNED,
  RETIRED;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<MarkKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  static MarkKind verified(VerificationLevel level) {
    return switch (level) {
      case EXISTS -> VERIFIED_EXISTS;
      case CHECKSUMS -> VERIFIED_CHECKSUMS;
      case HASHES -> VERIFIED_HASHES;
      case ARCHIVE -> VERIFIED_ARCHIVE;
    };
  }
}
