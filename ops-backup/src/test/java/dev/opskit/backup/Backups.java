package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backups that were never taken, for whoever only looks at what is told of them. */
final class Backups {
  static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private Backups() {}

  static MarkedBackup proven(Duration age, BackupMark... marks) {
    return backup(age, BackupRecord.Kind.REGULAR, VerificationLevel.HASHES, marks);
  }

  static MarkedBackup unverified(Duration age, BackupMark... marks) {
    return backup(age, BackupRecord.Kind.REGULAR, null, marks);
  }

  static MarkedBackup restorePoint(Duration age, BackupMark... marks) {
    return backup(age, BackupRecord.Kind.RESTORE_POINT, VerificationLevel.ARCHIVE, marks);
  }

  static MarkedBackup backup(
      Duration age,
      BackupRecord.Kind kind,
      @Nullable VerificationLevel verified,
      BackupMark... marks) {
    Set<BackupMark> set = EnumSet.noneOf(BackupMark.class);
    set.addAll(Arrays.asList(marks));
    return new MarkedBackup(
        record(NOW.minus(age), kind, 1000, Map.of()), Optional.ofNullable(verified), set);
  }

  static BackupRecord record(
      Instant startedAt, BackupRecord.Kind kind, long plainBytes, Map<String, String> facts) {
    String id = BackupId.time(startedAt) + "-0123456789abcde" + kind.ordinal();
    return new BackupRecord(
        id,
        "orders",
        kind,
        "bytes",
        startedAt,
        startedAt,
        plainBytes,
        plainBytes,
        1,
        facts,
        Optional.empty());
  }
}
