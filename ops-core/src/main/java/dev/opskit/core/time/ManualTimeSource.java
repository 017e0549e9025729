package dev.opskit.core.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A time source that stands still until a test moves it. Thread-safe.
 *
 * <p>{@link #advance} moves both clocks, as the passing of time does; {@link #jumpTo} moves only
 * the wall clock, as an NTP correction does.
 */
public final class ManualTimeSource implements TimeSource {
  private final Object lock = new Object();
  private Instant wall;
  private long nanos;

  /** Starts at 2026-01-01T00:00:00Z. */
  public ManualTimeSource() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * Starts at a given wall-clock time.
   *
   * @param start what {@link #now()} answers until the clock is moved
   */
  public ManualTimeSource(Instant start) {
    this.wall = Objects.requireNonNull(start, "start");
  }

  @Override
  public Instant now() {
    synchronized (lock) {
      return wall;
    }
  }

  @Override
  public long nanoTime() {
    synchronized (lock) {
      return nanos;
    }
  }

  /**
   * Lets time pass on both clocks.
   *
   * @param by how long, zero or more
   * @throws IllegalArgumentException if {@code by} is negative: time does not run backwards
   */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException(
          "advance: " + by + " is negative; use jumpTo for the wall");
    }
    synchronized (lock) {
      wall = wall.plus(by);
      nanos += by.toNanos();
    }
  }

  /**
   * Sets the wall clock, forwards or backwards; the monotonic clock does not notice.
   *
   * @param to what {@link #now()} answers from now on
   */
  public void jumpTo(Instant to) {
    synchronized (lock) {
      wall = Objects.requireNonNull(to, "to");
    }
  }
}
