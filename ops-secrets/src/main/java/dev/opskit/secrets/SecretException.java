package dev.opskit.secrets;

/**
 * Why a secret is not to be had. The message names the secret and the mend; it never holds a value,
 * and there is never a cause, since parsers and clients quote what they were given.
 *
 * <p>{@link Unavailable} means to try later; all others mean that the request, the right or the
 * value is wrong, and that trying again changes nothing.
 */
public abstract sealed class SecretException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  private SecretException(SecretRef ref, String why) {
    // Without a cause and suppressed ones for good: a provider cannot add them later.
    super("secret '" + ref.id() + "' (" + ref.stage() + "): " + why, null, false, true);
    this.why = why;
  }

  /** The same for one more caller, whose stack it shows. */
  SecretException again(SecretRef ref) {
    if (this instanceof NotFound) {
      return new NotFound(ref, why);
    } else if (this instanceof AccessDenied) {
      return new AccessDenied(ref, why);
    } else if (this instanceof Malformed) {
      return new Malformed(ref, why);
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
