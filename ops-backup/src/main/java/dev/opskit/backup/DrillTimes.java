package dev.opskit.backup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long past drills took, as their marks tell, and what that means for the next restore. */
record DrillTimes(List<Double> nanosPerByte) {
  private static final int RECENT = 5;
  private static final Pattern NOTE =
      Pattern.compile("restored (\\d{1,18}) bytes in (\\d{1,18}) ms");

  static String note(DrillReport report) {
    return "restored %d bytes in %d ms".formatted(report.plainBytes(), report.took().toMillis());
  }

  static DrillTimes read(Marks marks) {
    return new DrillTimes(
        marks.notes(MarkKind.DRILLED, RECENT).stream()
            .map(NOTE::matcher)
            .filter(Matcher::matches)
            .map(m -> 1e6 * Long.parseLong(m.group(2)) / Math.max(1, Long.parseLong(m.group(1))))
            .sorted()
            .toList());
  }

  /** By the median, as one drill may have met a busy machine. */
  Optional<Duration> predict(long plainBytes) {
    return nanosPerByte.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Duration.ofNanos((long) (nanosPerByte.get(nanosPerByte.size() / 2) * plainBytes)));
  }
}
