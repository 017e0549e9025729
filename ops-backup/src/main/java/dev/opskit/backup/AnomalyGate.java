package dev.opskit.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Compares a run with those before it, as a database that was emptied is dumped without any error.
 * It is normal if it is near the median of the recent ones or near the newest, which somebody may
 * just have accepted.
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
    if (recent.size() < ENOUGH) {
      return Optional.empty();
    }
    long[] sizes = recent.stream().mapToLong(BackupRecord::plainBytes).toArray();
    Optional<String> size = compare("bytes", plainBytes, sizes);
    OptionalLong rows = rows(facts);
    long[] recentRows =
        recent.stream().flatMapToLong(record -> stream(rows(record.facts()))).toArray();
    if (size.isPresent() || rows.isEmpty() || recentRows.length < ENOUGH) {
      return size;
    }
    return compare(ROWS, rows.getAsLong(), recentRows);
  }

  private Optional<String> compare(String unit, long value, long[] newestFirst) {
    long[] sorted = LongStream.of(newestFirst).sorted().toArray();
    long median = sorted[sorted.length / 2];
    return isNear(value, median) || isNear(value, newestFirst[0])
        ? Optional.empty()
        : Optional.of(
            "%d %s, while the median of the last %d is %d"
                .formatted(value, unit, sorted.length, median));
  }

  private boolean isNear(long value, long other) {
    return value * factor >= other && other * factor >= value;
  }

  private static OptionalLong rows(Map<String, String> facts) {
    String rows = facts.getOrDefault(ROWS, "");
    return rows.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(rows)) : OptionalLong.empty();
  }

  private static LongStream stream(OptionalLong value) {
    return value.isPresent() ? LongStream.of(value.getAsLong()) : LongStream.empty();
  }
}
