package dev.opskit.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Compares a run with those before it, as a database that was emptied is dumped without any error.
 * It is normal if it is near the median of the recent ones, or near a recent one that was suspect
 * and that somebody has accepted.
 */
final class AnomalyGate {
  /** The strategy's fact with the number of rows, if it knows it. */
  static final String ROWS = "rows";

  private static final int RECENT = 7;
  private static final int ENOUGH = 3;

  private final double factor;
  private final List<BackupRecord> recent;

  private AnomalyGate(double factor, List<BackupRecord> recent) {
    this.factor = factor;
    this.recent = recent;
  }

  /** Wants the backups newest first; only those of the same format that count are looked at. */
  static AnomalyGate over(List<MarkedBackup> backups, String format, double factor) {
    return new AnomalyGate(
        factor,
        backups.stream()
            .filter(backup -> backup.isRegular() && backup.counts())
            .map(MarkedBackup::backup)
            .filter(record -> record.format().equals(format))
            .limit(RECENT)
            .toList());
  }

  /** Empty if there is nothing suspicious, or too little to compare with. */
  Optional<String> suspicion(long plainBytes, Map<String, String> facts) {
    Optional<String> size =
        compare("bytes", plainBytes, record -> OptionalLong.of(record.plainBytes()));
    OptionalLong rows = rows(facts);
    return size.isPresent() || rows.isEmpty()
        ? size
        : compare(ROWS, rows.getAsLong(), record -> rows(record.facts()));
  }

  private Optional<String> compare(
      String unit, long value, Function<BackupRecord, OptionalLong> measure) {
    long[] sorted = values(measure, record -> true).sorted().toArray();
    if (sorted.length < ENOUGH) {
      return Optional.empty();
    }
    long median = sorted[sorted.length / 2];
    boolean isAccepted =
        values(measure, record -> record.suspicion().isPresent())
            .anyMatch(accepted -> isNear(value, accepted));
    return isAccepted || isNear(value, median)
        ? Optional.empty()
        : Optional.of(
            "%d %s, while the median of the last %d is %d"
                .formatted(value, unit, sorted.length, median));
  }

  private LongStream values(
      Function<BackupRecord, OptionalLong> measure, Predicate<BackupRecord> which) {
    return recent.stream().filter(which).map(measure).flatMapToLong(OptionalLong::stream);
  }

  private boolean isNear(long value, long other) {
    return value * factor >= other && other * factor >= value;
  }

  private static OptionalLong rows(Map<String, String> facts) {
    String rows = facts.getOrDefault(ROWS, "");
    return rows.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(rows)) : OptionalLong.empty();
  }
}
