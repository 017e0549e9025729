package dev.opskit.metrics.alert;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to leave a far end alone that has failed: twice as long each time up to a limit, half of
 * it by chance, so that many processes do not come back at the same moment. Confined to one thread.
 */
final class Backoff {
  private final long firstNanos;
  private final long mostNanos;
  private final DoubleSupplier random;
  private long nextNanos;

  Backoff(Duration first, Duration most, DoubleSupplier random) {
    this.firstNanos = first.toNanos();
    this.mostNanos = most.toNanos();
    this.random = random;
    this.nextNanos = firstNanos;
  }

  long failedNanos() {
    long nanos = nextNanos;
    nextNanos = Math.min(mostNanos, 2 * nanos);
    return jittered(nanos);
  }

  /** When an earlier attempt makes no sense. */
  long longestNanos() {
    nextNanos = mostNanos;
    return jittered(mostNanos);
  }

  void succeeded() {
    nextNanos = firstNanos;
  }

  private long jittered(long nanos) {
    return (long) (nanos * (0.5 + random.getAsDouble() / 2));
  }
}
