package dev.opskit.secrets;

import dev.opskit.core.time.TimeSource;

/** So many calls at once, and so many a second after that. */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final TimeSource time;
  private final double perNano;
  private final int burst;
  private double tokens;
  private long filledNanos;

  TokenBucket(TimeSource time, int perSecond, int burst) {
    this.time = time;
    this.perNano = perSecond / NANOS_PER_SECOND;
    this.burst = burst;
    this.tokens = burst;
    this.filledNanos = time.nanoTime();
  }

  synchronized boolean tryTake() {
    fill();
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** For a call that somebody waits for: it goes ahead, and the others wait the longer. */
  synchronized void take() {
    fill();
    tokens = Math.max(tokens - 1, -burst);
  }

  private void fill() {
    long now = time.nanoTime();
    tokens = Math.min(burst, tokens + (now - filledNanos) * perNano);
    filledNanos = now;
  }
}
