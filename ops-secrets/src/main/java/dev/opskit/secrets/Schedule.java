package dev.opskit.secrets;

import dev.opskit.core.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the store is asked again. Nothing is due at the same time in every replica: what all of them
 * do together, a store answers with throttling.
 */
final class Schedule {
  static final Duration ROTATION_WINDOW = Duration.ofMinutes(5);
  static final Duration ROTATION_POLL = Duration.ofSeconds(15);
  static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
  private static final double AHEAD = 0.8;
  private static final double JITTER = 0.25;
  private static final double BACK_OFF_JITTER = 0.5;
  private static final int MOST_DOUBLINGS = 20;

  private final TimeSource time;
  private final DoubleSupplier random;

  /** The random numbers are from 0 to 1; with 0 everything is as late as it may be. */
  Schedule(TimeSource time, DoubleSupplier random) {
    this.time = time;
    this.random = random;
  }

  long nanosAfterSuccess(SecretPolicy policy, @Nullable SecretMetadata metadata) {
    double early = 1 - JITTER * random.getAsDouble();
    long usual = (long) (nanos(policy.ttl()) * AHEAD * early);
    if (metadata == null || metadata.nextRotation().isEmpty()) {
      return usual;
    }
    Duration until = until(metadata.nextRotation().get());
    if (until.compareTo(ROTATION_WINDOW) > 0) {
      return Math.min(usual, nanos(until.minus(ROTATION_WINDOW)));
    }
    boolean longOver = until.plus(ROTATION_WINDOW).isNegative();
    return longOver ? usual : Math.min(usual, (long) (nanos(ROTATION_POLL) * early));
  }

  long nanosAfterFailure(SecretPolicy policy, int failures, SecretException why) {
    long first = Math.min(nanos(policy.retry()), nanos(policy.ttl()));
    long longest = Math.max(first, Math.min(nanos(LONGEST_BACK_OFF), nanos(policy.ttl())));
    double doubled = first * Math.pow(2, Math.min(failures - 1, MOST_DOUBLINGS));
    long pause = (long) (Math.min(doubled, longest) * (1 - BACK_OFF_JITTER * random.getAsDouble()));
    if (why instanceof SecretException.Throttled throttled) {
      return Math.max(pause, throttled.retryAfter().map(Schedule::nanos).orElse(0L));
    }
    return pause;
  }

  private Duration until(Instant rotation) {
    try {
      return Duration.between(time.now(), rotation);
    } catch (ArithmeticException | DateTimeException e) {
      return Duration.ofDays(365);
    }
  }

  /** Long durations, which mean for ever, do not overflow. */
  static long nanos(Duration duration) {
    try {
      return Math.min(duration.toNanos(), Long.MAX_VALUE / 4);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 4;
    }
  }
}
