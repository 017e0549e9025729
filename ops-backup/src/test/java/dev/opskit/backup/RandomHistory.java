package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One case: backups of all sorts, a policy, and a time that is not always the right one. */
record RandomHistory(RetentionRules rules, List<MarkedBackup> backups, Instant now) {
  private static final Instant BEGIN = Instant.parse("2025-12-20T00:00:00Z");

  static RandomHistory of(Random random) {
    RetentionRules rules =
        new RetentionRules(
            random.nextBoolean() ? 0 : 1 + random.nextInt(20),
            random.nextBoolean() ? 0 : 1 + random.nextInt(8),
            random.nextInt(4),
            random.nextInt(4),
            random.nextInt(4),
            1 + random.nextInt(6),
            Duration.ofHours(random.nextInt(200)),
            Duration.ofHours(1 + random.nextInt(200)));
    List<MarkedBackup> backups = new ArrayList<>();
    Instant at = BEGIN;
    for (int i = random.nextInt(25); i > 0; i--) {
      // Sometimes two within the same second, sometimes a gap of months.
      at = at.plusMillis(1 + (long) Math.pow(10, random.nextDouble() * 9.7));
      backups.add(backup(at, random));
    }
    long ahead = random.nextInt(8) == 0 ? -random.nextInt(100_000) : random.nextInt(400_000);
    return new RandomHistory(rules, backups, at.plusSeconds(ahead));
  }

  private static MarkedBackup backup(Instant at, Random random) {
    BackupRecord.Kind kind =
        random.nextInt(5) == 0 ? BackupRecord.Kind.RESTORE_POINT : BackupRecord.Kind.REGULAR;
    int level = random.nextInt(8);
    Optional<VerificationLevel> verified =
        level < 2
            ? Optional.empty()
            : Optional.of(VerificationLevel.values()[Math.min(level - 2, 3)]);
    Set<BackupMark> marks = EnumSet.noneOf(BackupMark.class);
    for (BackupMark mark : BackupMark.values()) {
      if (random.nextInt(9) == 0) {
        marks.add(mark);
      }
    }
    return new MarkedBackup(Backups.record(at, kind, 1000, Map.of()), verified, marks);
  }

  RandomHistory without(List<BackupRecord> gone) {
    return new RandomHistory(
        rules, backups.stream().filter(b -> !gone.contains(b.backup())).toList(), now);
  }

  RetentionPlan plan() {
    return new RetentionPlanner(rules, backups, now).plan();
  }
}
