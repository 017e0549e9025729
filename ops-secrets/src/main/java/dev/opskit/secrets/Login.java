package dev.opskit.secrets;

/**
 * Tries a version of a secret on the system that it is for. Called by {@link RotatingSecret#logIn}
 * on the caller's thread, never at the same time as another one for the same secret.
 *
 * @param <T> what the secret is read as
 * @param <R> what a login gives
 * @param <E> what it throws
 */
@FunctionalInterface
public interface Login<T, R, E extends Exception> {

  /**
   * Logs in.
   *
   * @param secret the version to use; do not keep it
   * @return what the caller of {@link RotatingSecret#logIn} gets
   * @throws E whatever goes wrong, a refused version included
   */
  R with(SecretSnapshot<T> secret) throws E;
}
