package dev.opskit.secrets;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a secret is not to be had. The message names the secret and the mend; it never holds a value,
 * and there is never a cause, since parsers and clients quote what they were given.
 *
 * <p>{@link Unavailable} and {@link Throttled} mean to try later; all others mean that the request,
 * the right or the value is wrong, and that trying again changes nothing. {@link Expired} and
 * {@link Closed} come from {@link OpsSecrets}, not from a provider.
 */
public abstract sealed class SecretException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  private SecretException(SecretRef ref, String why) {
    // Without a cause and suppressed ones for good: a provider cannot add them later.
    super("secret " + named(ref) + ": " + why, null, false, true);
    this.why = why;
  }

  private static String named(SecretRef ref) {
    String whole = "'" + ref.id() + "' (" + ref.stage() + ")";
    return ref.field() == null ? whole : whole + " field '" + ref.field() + "'";
  }

  /** What is wrong, without which secret it is. */
  String why() {
    return why;
  }

  /** The same for one more caller, whose stack it shows. */
  SecretException again(SecretRef ref) {
    if (this instanceof NotFound) {
      return new NotFound(ref, why);
    } else if (this instanceof AccessDenied) {
      return new AccessDenied(ref, why);
    } else if (this instanceof Malformed) {
      return new Malformed(ref, why);
    } else if (this instanceof Throttled throttled) {
      return new Throttled(ref, why, throttled.retryAfter);
    } else if (this instanceof Expired) {
      return new Expired(ref, why);
    } else if (this instanceof Rejected) {
      return new Rejected(ref, why);
    } else if (this instanceof Closed) {
      return new Closed(ref);
    }
    return new Unavailable(ref, why);
  }

  /** There is no such secret, or it was deleted. */
  public static final class NotFound extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says what was looked for.
     *
     * @param ref the secret
     * @param why where it was looked for
     */
    public NotFound(SecretRef ref, String why) {
      super(ref, why);
    }
  }

  /** It may not be read, or not as it lies there. */
  public static final class AccessDenied extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says which right is missing.
     *
     * @param ref the secret
     * @param why the mend
     */
    public AccessDenied(SecretRef ref, String why) {
      super(ref, why);
    }
  }

  /** Its value is not what the caller needs. */
  public static final class Malformed extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong without repeating the value.
     *
     * @param ref the secret
     * @param why which field or form is wrong
     */
    public Malformed(SecretRef ref, String why) {
      super(ref, why);
    }
  }

  /** The store does not answer now. */
  public static final class Unavailable extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says what failed.
     *
     * @param ref the secret
     * @param why the store's error code or the kind of failure
     */
    public Unavailable(SecretRef ref, String why) {
      super(ref, why);
    }
  }

  /** The store answers, but not as often as it was asked. */
  public static final class Throttled extends SecretException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    /**
     * Says that the store wants to be left alone for a time that it does not tell.
     *
     * @param ref the secret
     * @param why the store's error code
     */
    public Throttled(SecretRef ref, String why) {
      this(ref, why, null);
    }

    /**
     * Says how long the store wants to be left alone.
     *
     * @param ref the secret
     * @param why the store's error code
     * @param retryAfter above 0; null if the store does not tell
     */
    public Throttled(SecretRef ref, String why, @Nullable Duration retryAfter) {
      super(ref, why);
      this.retryAfter = retryAfter;
    }

    /**
     * How long the store wants to be left alone.
     *
     * @return empty if it does not tell
     */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** Its last value has become too old to be used, as it could not be confirmed for too long. */
  public static final class Expired extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says for how long, and why it could not be confirmed.
     *
     * @param ref the secret
     * @param why the limit and the last failure
     */
    public Expired(SecretRef ref, String why) {
      super(ref, why);
    }
  }

  /** Each version that the store has was refused by the system that it is for. */
  public static final class Rejected extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says for how long another one was waited for.
     *
     * @param ref the secret
     * @param why when it was refused, and the wait
     */
    public Rejected(SecretRef ref, String why) {
      super(ref, why);
    }
  }

  /** The {@link OpsSecrets} or the value was closed. */
  public static final class Closed extends SecretException {
    private static final long serialVersionUID = 1;

    /**
     * Says what was closed.
     *
     * @param ref the secret
     */
    public Closed(SecretRef ref) {
      super(ref, "closed: it was asked for after its owner had ended");
    }
  }
}
