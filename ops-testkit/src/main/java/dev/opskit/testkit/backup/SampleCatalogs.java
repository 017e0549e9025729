package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupMark;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.MarkedBackup;
import dev.opskit.backup.VerificationLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What a service may have in its store, in no order. The same for the same moment. */
final class SampleCatalogs {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Instant now;

  private SampleCatalogs(Instant now) {
    this.now = now;
  }

  static List<List<MarkedBackup>> at(Instant now) {
    SampleCatalogs of = new SampleCatalogs(now);
    List<List<MarkedBackup>> all = new ArrayList<>();
    all.add(List.of());
    all.add(List.of(of.proven(Duration.ofHours(3))));
    all.add(List.of(of.proven(Duration.ofDays(4000))));
    all.add(List.of(of.unverified(Duration.ofDays(40)), of.unverified(Duration.ofDays(1))));
    all.add(List.of(of.restorePoint(Duration.ofDays(1)), of.restorePoint(Duration.ofDays(100))));
    // The clock was put back since the newest one was taken.
    all.add(List.of(of.proven(Duration.ofDays(60)), of.proven(Duration.ofHours(-2))));
    for (int seed = 0; seed < 5; seed++) {
      all.add(of.mixed(new Random(seed)));
    }
    return all;
  }

  /** Two years with everything that happens. */
  private List<MarkedBackup> mixed(Random random) {
    List<MarkedBackup> backups = new ArrayList<>();
    backups.add(proven(Duration.ofSeconds(30)));
    for (int i = 0; i < 60; i++) {
      // Sparser the older they are, and no two at the same time.
      Duration age = Duration.ofMinutes(280L * i * i + random.nextInt(200) + 1);
      backups.add(
          backup(
              age,
              random.nextInt(8) == 0 ? BackupRecord.Kind.RESTORE_POINT : BackupRecord.Kind.REGULAR,
              random.nextInt(4) == 0
                  ? Optional.empty()
                  : Optional.of(any(random, VerificationLevel.values())),
              random.nextInt(4) == 0
                  ? EnumSet.of(any(random, BackupMark.values()), any(random, BackupMark.values()))
                  : Set.of()));
    }
    Collections.shuffle(backups, random);
    return List.copyOf(backups);
  }

  private static <T> T any(Random random, T[] of) {
    return of[random.nextInt(of.length)];
  }

  private MarkedBackup proven(Duration age) {
    return backup(age, BackupRecord.Kind.REGULAR, Optional.of(VerificationLevel.HASHES), Set.of());
  }

  private MarkedBackup unverified(Duration age) {
    return backup(age, BackupRecord.Kind.REGULAR, Optional.empty(), Set.of());
  }

  private MarkedBackup restorePoint(Duration age) {
    return backup(
        age, BackupRecord.Kind.RESTORE_POINT, Optional.of(VerificationLevel.ARCHIVE), Set.of());
  }

  private MarkedBackup backup(
      Duration age,
      BackupRecord.Kind kind,
      Optional<VerificationLevel> verified,
      Set<BackupMark> marks) {
    Instant startedAt = now.minus(age);
    BackupRecord record =
        new BackupRecord(
            ID.format(startedAt) + "-0123456789abcdef",
            "contract",
            kind,
            "bytes",
            startedAt,
            startedAt.plusSeconds(30),
            1_000,
            500,
            1,
            Map.of(),
            Optional.empty());
    return new MarkedBackup(record, verified, marks);
  }
}
