package dev.opskit.secrets;

import java.time.Duration;

/** What happened to a secret; never holds a value. */
public sealed interface SecretEvent {
  /**
   * Which secret.
   *
   * @return its reference
   */
  SecretRef ref();

  /**
   * It was loaded for the first time, or in a version that was not known.
   *
   * @param ref which secret
   * @param version what the store calls the version
   */
  record Loaded(SecretRef ref, String version) implements SecretEvent {}

  /**
   * It could not be loaded again; the last value is served on.
   *
   * @param ref which secret
   * @param age how old the value is that is served
   * @param why what is wrong, as in the exception
   */
  record ServedStale(SecretRef ref, Duration age, String why) implements SecretEvent {}

  /**
   * It could not be loaded, and there is no value that may be served.
   *
   * @param ref which secret
   * @param why what is wrong, as in the exception
   */
  record Failed(SecretRef ref, String why) implements SecretEvent {}
}
