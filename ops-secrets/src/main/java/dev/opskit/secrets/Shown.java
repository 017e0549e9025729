package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What readers of a secret see; replaced as a whole.
 *
 * @param value null if there is none that may be served
 * @param version what the store calls it
 * @param sequence counts the versions that were read, from 1
 * @param masking ends the masking of this value
 * @param fresh how far it is the store's
 * @param state what that came to when it was last looked at
 * @param failure why there is no value, or why it is stale; null if nothing is wrong
 * @param loaded whether there has ever been a value
 */
record Shown<T>(
    @Nullable T value,
    String version,
    long sequence,
    Subscription masking,
    Freshness fresh,
    SecretState state,
    @Nullable SecretException failure,
    boolean loaded) {

  static <T> Shown<T> nothing() {
    return new Shown<>(
        null, "", 0, () -> {}, Freshness.confirmed(0), SecretState.EXPIRED, null, false);
  }

  Shown<T> confirmed(Freshness now) {
    return new Shown<>(value, version, sequence, masking, now, SecretState.FRESH, null, loaded);
  }

  Shown<T> in(SecretState changed, Freshness now, @Nullable SecretException why) {
    return new Shown<>(value, version, sequence, masking, now, changed, why, loaded);
  }

  Shown<T> withoutValue(SecretException why) {
    return new Shown<>(null, "", sequence, () -> {}, fresh, SecretState.EXPIRED, why, loaded);
  }

  /** When nobody needs it any more. */
  void wipe() {
    if (value != null) {
      Wiping.wipe(value);
    }
    masking.close();
  }
}
