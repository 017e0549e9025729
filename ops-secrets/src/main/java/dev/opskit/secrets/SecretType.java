package dev.opskit.secrets;

import java.util.function.Predicate;

/**
 * What the text of a secret is read as. Called once for each new version, on a thread of {@link
 * OpsSecrets} or on the one that asks for the handle, perhaps concurrently; a new version that
 * cannot be read is not published, and the last good one is served on. {@code SecretTypeContract}
 * in ops-testkit checks an implementation.
 *
 * @param <T> the type; if it is {@link AutoCloseable} it is closed when the version is wiped
 */
@FunctionalInterface
public interface SecretType<T> {

  /**
   * Reads one version.
   *
   * @param ref which secret, for the error
   * @param value lent: do not keep it
   * @return never null, an object of its own for each call, which needs the value no more and whose
   *     {@code toString} shows nothing secret
   * @throws SecretException.Malformed if it is not of this type; any other exception counts as
   *     that, and its message is not shown
   */
  T read(SecretRef ref, SecretValue value);

  /**
   * The same with a check of the host's before a version is published, for example a login with it.
   *
   * @param check whether a version may be used; may block well below the call timeout. It closes
   *     nothing
   * @return another type
   */
  default SecretType<T> verifiedBy(Predicate<? super T> check) {
    return (ref, value) -> {
      T candidate = read(ref, value);
      boolean good = false;
      try {
        good = check.test(candidate);
      } finally {
        if (!good) {
          Wiping.wipe(candidate);
        }
      }
      if (!good) {
        throw new SecretException.Malformed(ref, "was refused by the check of the service");
      }
      return candidate;
    };
  }

  /**
   * The value as it is.
   *
   * @return always the same instance, as with all of these
   */
  static SecretType<SecretValue> value() {
    return BuiltInTypes.VALUE;
  }

  /**
   * A JSON object for a database.
   *
   * @return reads {@link DatabaseCredentials}
   */
  static SecretType<DatabaseCredentials> databaseCredentials() {
    return BuiltInTypes.DATABASE;
  }

  /**
   * A JSON object with a user and a password.
   *
   * @return reads {@link UsernamePassword}
   */
  static SecretType<UsernamePassword> usernamePassword() {
    return BuiltInTypes.USERNAME_PASSWORD;
  }

  /**
   * A JSON object with a key, or the key as plain text.
   *
   * @return reads {@link ApiKey}
   */
  static SecretType<ApiKey> apiKey() {
    return BuiltInTypes.API_KEY;
  }

  /**
   * Any flat JSON object.
   *
   * @return reads {@link KeyValues}
   */
  static SecretType<KeyValues> keyValues() {
    return BuiltInTypes.KEY_VALUES;
  }

  /**
   * A certificate with its chain and its private key, as PEM.
   *
   * @return reads {@link PemCertificate}
   */
  static SecretType<PemCertificate> pemCertificate() {
    return BuiltInTypes.PEM_CERTIFICATE;
  }
}
