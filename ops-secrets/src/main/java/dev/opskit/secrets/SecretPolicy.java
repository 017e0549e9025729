package dev.opskit.secrets;

import java.time.Duration;

/**
 * For how long a secret is used, and how hard its store is asked. Immutable.
 *
 * @param ttl how long a confirmed value counts as fresh; above 0. The store is asked again after 60
 *     to 80 % of it, and near a rotation that the store announces every 15 s
 * @param retry how long the store is left alone after the first failure, at most the ttl; above 0.
 *     It doubles with each further one up to 5 min or the ttl, whichever is shorter, and up to half
 *     of it is taken off at random
 * @param maxStale how old a value may get while the store cannot be read or a new version is of no
 *     use; 0 or more
 * @param maxStaleDenied for how long a value is served after the store first said that it is
 *     deleted or denied; 0 or more
 * @param grace how long a value that is no longer served stays usable and masked before it is
 *     wiped; 0 or more
 * @param rotateWithin how long after its last rotation the health check calls a secret overdue, if
 *     its store tells when that was; above 0
 */
public record SecretPolicy(
    Duration ttl,
    Duration retry,
    Duration maxStale,
    Duration maxStaleDenied,
    Duration grace,
    Duration rotateWithin) {
  private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final SecretPolicy DEFAULTS =
      new SecretPolicy(
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofHours(24),
          Duration.ofMinutes(15),
          Duration.ofMinutes(5),
          NEVER);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException that names what is out of its range
   */
  public SecretPolicy {
    requireAboveZero("ttl", ttl);
    requireAboveZero("retry", retry);
    requireNotNegative("maxStale", maxStale);
    requireNotNegative("maxStaleDenied", maxStaleDenied);
    requireNotNegative("grace", grace);
    requireAboveZero("rotateWithin", rotateWithin);
  }

  /**
   * What counts where nothing else is said.
   *
   * @return ttl 5 min, retry 5 s, maxStale 24 h, maxStaleDenied 15 min, grace 5 min, and never
   *     overdue
   */
  public static SecretPolicy defaults() {
    return DEFAULTS;
  }

  /**
   * The same with another ttl.
   *
   * @param other above 0
   * @return a copy
   */
  public SecretPolicy withTtl(Duration other) {
    return new SecretPolicy(other, retry, maxStale, maxStaleDenied, grace, rotateWithin);
  }

  /**
   * The same with another retry time.
   *
   * @param other above 0
   * @return a copy
   */
  public SecretPolicy withRetry(Duration other) {
    return new SecretPolicy(ttl, other, maxStale, maxStaleDenied, grace, rotateWithin);
  }

  /**
   * The same with another bound while the store is unavailable.
   *
   * @param other 0 or more
   * @return a copy
   */
  public SecretPolicy withMaxStale(Duration other) {
    return new SecretPolicy(ttl, retry, other, maxStaleDenied, grace, rotateWithin);
  }

  /**
   * The same with another bound once the secret is deleted or denied.
   *
   * @param other 0 or more
   * @return a copy
   */
  public SecretPolicy withMaxStaleDenied(Duration other) {
    return new SecretPolicy(ttl, retry, maxStale, other, grace, rotateWithin);
  }

  /**
   * The same with another grace.
   *
   * @param other 0 or more
   * @return a copy
   */
  public SecretPolicy withGrace(Duration other) {
    return new SecretPolicy(ttl, retry, maxStale, maxStaleDenied, other, rotateWithin);
  }

  /**
   * The same with a time within which it is to be rotated.
   *
   * @param other above 0
   * @return a copy
   */
  public SecretPolicy withRotateWithin(Duration other) {
    return new SecretPolicy(ttl, retry, maxStale, maxStaleDenied, grace, other);
  }

  private static void requireAboveZero(String option, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + " is " + value + ", must be above 0");
    }
  }

  private static void requireNotNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(option + " is " + value + ", must be 0 or more");
    }
  }
}
