package dev.opskit.backup;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long past drills took, and what that means for the next restore. */
record DrillTimes(List<Double> nanosPerByte) {
  static final int RECENT = 5;

  static DrillTimes of(List<DrillEvidence> passed) {
    return new DrillTimes(
        passed.stream()
            .map(drill -> (double) drill.took().toNanos() / Math.max(1, drill.plainBytes()))
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
