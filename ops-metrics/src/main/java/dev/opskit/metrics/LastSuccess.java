package dev.opskit.metrics;

import dev.opskit.core.time.TimeSource;

/**
 * When something last succeeded, on the wall clock. Marking costs one write: the wall clock is read
 * when somebody asks, and told back by the age, so that a clock that was set in between does not
 * make a success look older or younger than it is.
 */
final class LastSuccess {
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

  /** The same value until the next mark, or every scrape would look like a change. */
  synchronized double epochSeconds() {
    long marked = markedNanos;
    if (marked != toldNanos) {
      toldNanos = marked;
      toldSeconds = wallSeconds(marked);
    }
    return toldSeconds;
  }

  private double wallSeconds(long nanos) {
    long age = time.nanoTime() - nanos;
    return time.now().minusNanos(age).toEpochMilli() / 1e3;
  }
}
