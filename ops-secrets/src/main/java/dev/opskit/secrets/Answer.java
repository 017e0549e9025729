package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import java.time.Duration;

/** What asking the provider came to, and for how long it is not asked again. */
sealed interface Answer {

  /** Throws what is to be thrown if there is no value to serve. */
  SecretValue value();

  Duration life();

  /** The provider gave this value. */
  record Good(SecretValue value, Subscription masking, long fetchedNanos, Duration life)
      implements Answer {
    Good fetchedAgain(long nanos) {
      return new Good(value, masking, nanos, life);
    }
  }

  /** The provider did not answer, and the last value is still good enough. */
  record Stale(SecretValue value, Duration life) implements Answer {}

  /** There is nothing to serve. */
  record Failed(SecretRef ref, SecretException why, Duration life) implements Answer {
    @Override
    public SecretValue value() {
      throw why.again(ref);
    }
  }
}
