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
   * The store was asked once.
   *
   * @param ref which secret
   * @param call {@code fetch} or {@code describe}
   * @param outcome {@code ok}, or the simple name of the {@link SecretException}
   * @param took how long the answer took
   */
  record Asked(SecretRef ref, String call, String outcome, Duration took) implements SecretEvent {}

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

  /**
   * Its last value has become too old, or was withdrawn for too long, and is not served any more.
   *
   * @param ref which secret
   * @param why what is wrong, as in the exception
   */
  record Expired(SecretRef ref, String why) implements SecretEvent {}

  /**
   * A version was refused by the system that it is for; it is not tried again.
   *
   * @param ref which secret
   * @param version what the store calls the version
   */
  record Rejected(SecretRef ref, String version) implements SecretEvent {}

  /**
   * While the current version is refused, the pending one was accepted and is used.
   *
   * @param ref which secret
   * @param version what the store calls the pending version
   */
  record Bridged(SecretRef ref, String version) implements SecretEvent {}

  /**
   * A String was made of it, which nobody can wipe.
   *
   * @param ref which secret
   * @param version what the store calls the version
   * @param reason what the caller said
   * @param caller the class that asked
   */
  record Revealed(SecretRef ref, String version, String reason, String caller)
      implements SecretEvent {}

  /**
   * It is readable from outside of the process.
   *
   * @param ref which secret
   * @param place for example {@code environment variable DB_PASSWORD}
   */
  record Leaked(SecretRef ref, String place) implements SecretEvent {}
}
