package dev.opskit.secrets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a value is still that of the store.
 *
 * @param confirmedNanos when the store last said so
 * @param failed whether asking has failed since
 * @param withdrawnNanos when the store first said since that the secret is deleted or denied; what
 *     is withdrawn stays so during an outage
 */
record Freshness(long confirmedNanos, boolean failed, @Nullable Long withdrawnNanos) {
  static Freshness confirmed(long nanos) {
    return new Freshness(nanos, false, null);
  }

  static boolean isWithdrawal(SecretException why) {
    return why instanceof SecretException.NotFound || why instanceof SecretException.AccessDenied;
  }

  Freshness after(SecretException why, long now) {
    boolean first = withdrawnNanos == null && isWithdrawal(why);
    return new Freshness(confirmedNanos, true, first ? Long.valueOf(now) : withdrawnNanos);
  }

  SecretState state(SecretPolicy policy, long now) {
    if (withdrawnNanos != null && now - withdrawnNanos >= nanos(policy.maxStaleDenied())) {
      return SecretState.EXPIRED;
    }
    long age = now - confirmedNanos;
    if (failed && age > nanos(policy.maxStale())) {
      return SecretState.EXPIRED;
    }
    return failed || age > nanos(policy.ttl()) ? SecretState.STALE : SecretState.FRESH;
  }

  /** What is said when it has come to that. */
  SecretException expired(SecretRef ref, SecretPolicy policy, @Nullable SecretException last) {
    if (last != null && isWithdrawal(last)) {
      return last.again(ref);
    }
    String since =
        withdrawnNanos == null
            ? "the last value is more than " + policy.maxStale() + " old"
            : "it was withdrawn more than " + policy.maxStaleDenied() + " ago";
    return new SecretException.Expired(ref, since + (last == null ? "" : ": " + last.why()));
  }

  Duration age(long now) {
    return Duration.ofNanos(Math.max(0, now - confirmedNanos));
  }

  private static long nanos(Duration duration) {
    return Schedule.nanos(duration);
  }
}
