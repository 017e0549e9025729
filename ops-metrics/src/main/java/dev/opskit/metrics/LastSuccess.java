package dev.opskit.metrics;

import dev.opskit.core.time.TimeSource;

/**
 * When something last succeeded, on the wall clock. Marking costs one write: the wall clock is read
 * when somebody asks, less the age, so that a clock that was set in between does not make a success
 * look older or younger than it is. Thread-safe.
 */
final class LastSuccess {
  /** The two clocks drift, and a value that changes with every scrape would look like a success. */
  private static final double DRIFT_SECONDS = 1;

  private final TimeSource time;
  private volatile long markedNanos;
  private long toldNanos;
  private double toldSeconds;

  LastSuccess(TimeSource time) {
    this.time = time;
    this.markedNanos = time.nanoTime();
    this.toldNanos = markedNanos;
    this.toldSeconds = wallSeconds(markedNanos);
  }

  void mark(long nanos) {
    markedNanos = nanos;
  }

  synchronized double epochSeconds() {
    long marked = markedNanos;
    double seconds = wallSeconds(marked);
    if (marked != toldNanos || Math.abs(seconds - toldSeconds) > DRIFT_SECONDS) {
      toldNanos = marked;
      toldSeconds = seconds;
    }
    return toldSeconds;
  }

  private double wallSeconds(long nanos) {
    long age = time.nanoTime() - nanos;
    return time.now().minusNanos(age).toEpochMilli() / 1e3;
  }
}
