package dev.opskit.secrets;

/**
 * A store of secrets. {@link OpsSecrets} calls it on the thread that asks for a secret that is not
 * cached, at most once at a time for each reference; for different ones concurrently.
 */
@FunctionalInterface
public interface SecretProvider {

  /**
   * Reads one secret. May block on I/O; give it a timeout of its own, well below a minute.
   *
   * @param ref which one
   * @return a value that belongs to the caller, never null
   * @throws SecretException {@link SecretException.Unavailable} when trying later may help, another
   *     one when not; any other exception counts as unavailable, and its message is not shown
   */
  SecretValue fetch(SecretRef ref);
}
