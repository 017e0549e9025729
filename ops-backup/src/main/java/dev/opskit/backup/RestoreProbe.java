package dev.opskit.backup;

/**
 * What a service itself asks of restored data. Called on the thread of whoever restores: once
 * before the data goes live, and once more when it is. A drill calls it once. {@code
 * RestoreProbeContract} in ops-testkit checks an implementation.
 */
@FunctionalInterface
public interface RestoreProbe {

  /**
   * Looks at restored data and leaves it as it is.
   *
   * @param target where it is, in words of the strategy; for PostgreSQL a database
   * @throws Exception if it is not as it should be, with a message that says what is wrong
   */
  void check(String target) throws Exception;
}
