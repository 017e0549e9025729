package dev.opskit.core.time;

import java.time.Instant;

/**
 * The only clock of the SDK: wall time for records, monotonic time for durations.
 *
 * <p>Every component that measures or dates anything takes one from its builder, so that a test can
 * drive it with a {@link ManualTimeSource}. Implementations are thread-safe, never block and never
 * throw; they are called on hot paths.
 */
public interface TimeSource {

  /**
   * Wall-clock time. It may jump in either direction; use it to date records, never to measure.
   *
   * @return the current instant
   */
  Instant now();

  /**
   * Monotonic time. Only differences mean anything, as with {@link System#nanoTime()}.
   *
   * @return nanoseconds since an arbitrary origin
   */
  long nanoTime();

  /**
   * The clock of the system.
   *
   * @return a shared, thread-safe instance
   */
  static TimeSource system() {
    return SystemTimeSource.INSTANCE;
  }
}
