package dev.opskit.metrics;

import java.time.Duration;
import java.util.List;

/** Checks the bounds of histograms where they are declared. */
final class Buckets {
  private static final int MOST = 50;

  private Buckets() {}

  static <T extends Comparable<T>> void check(String option, List<T> bounds, T zero) {
    if (bounds.isEmpty() || bounds.size() > MOST) {
      throw new IllegalArgumentException(
          "%s: there are %d, must be 1 to %d".formatted(option, bounds.size(), MOST));
    }
    T last = zero;
    for (T bound : bounds) {
      if (bound.compareTo(last) <= 0) {
        throw new IllegalArgumentException(
            "%s %s must be above 0 and ascend; %s is not above %s"
                .formatted(option, bounds, bound, last));
      }
      last = bound;
    }
  }

  static void check(String option, List<Duration> bounds) {
    check(option, bounds, Duration.ZERO);
  }
}
