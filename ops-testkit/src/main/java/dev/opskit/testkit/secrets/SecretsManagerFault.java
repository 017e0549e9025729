package dev.opskit.testkit.secrets;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** What {@link FakeSecretsManager} does to a call instead of answering it, or before it does. */
public sealed interface SecretsManagerFault {
  /**
   * An error, as the service sends it.
   *
   * @param status the HTTP status, 400 to 599
   * @param code the error's code, for example {@code InternalServiceError}
   */
  record Error(int status, String code) implements SecretsManagerFault {}

  /**
   * Too many calls: status 400 with {@code ThrottlingException}.
   *
   * @param retryAfter sent as {@code Retry-After} in whole seconds; null sends none, as the service
   */
  record Throttled(@Nullable Duration retryAfter) implements SecretsManagerFault {}

  /**
   * A body that may be anything.
   *
   * @param status the HTTP status
   * @param body sent as it is
   */
  record Raw(int status, String body) implements SecretsManagerFault {}

  /**
   * The connection is closed in the middle of the right answer, whose headers say how long it is.
   *
   * @param afterBytes how much of its body is sent before; negative closes it before the headers
   */
  record Cut(int afterBytes) implements SecretsManagerFault {}

  /**
   * The right answer, later. The call took effect before it waits.
   *
   * @param released counted down by the test, or never: closing the fake releases as well
   */
  record Held(CountDownLatch released) implements SecretsManagerFault {}

  /**
   * The right answer, after a time; prefer {@link Held}, with which a test depends on no clock.
   *
   * @param time how long, above 0
   */
  record Delayed(Duration time) implements SecretsManagerFault {}
}
