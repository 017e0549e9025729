package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretExceptionTest {
  private final SecretRef ref = new SecretRef("a", SecretStage.PENDING);

  @Test
  void namesTheSecretTheStageAndTheReason() {
    assertEquals(
        "secret 'a' (PENDING): why", new SecretException.NotFound(ref, "why").getMessage());
  }

  @Test
  void takesNoCauseAndNothingSuppressedLater() {
    var e = new SecretException.Unavailable(ref, "why");
    Exception quotes = new IllegalStateException("hunter2hunter2");

    assertThrows(IllegalStateException.class, () -> e.initCause(quotes));
    e.addSuppressed(quotes);

    assertNull(e.getCause());
    assertEquals(0, e.getSuppressed().length);
  }

  @Test
  void theSameForAnotherCallerIsOfTheSameKindWithTheSameText() {
    for (SecretException e :
        List.of(
            new SecretException.NotFound(ref, "why"),
            new SecretException.AccessDenied(ref, "why"),
            new SecretException.Malformed(ref, "why"),
            new SecretException.Unavailable(ref, "why"),
            new SecretException.Throttled(ref, "why"),
            new SecretException.Expired(ref, "why"),
            new SecretException.Rejected(ref, "why"),
            new SecretException.Closed(ref))) {
      SecretException again = e.again(ref);
      assertSame(e.getClass(), again.getClass());
      assertEquals(e.getMessage(), again.getMessage());
    }
  }

  @Test
  void throttledSaysForHowLongIfTheStoreDoes() {
    var told = new SecretException.Throttled(ref, "why", Duration.ofSeconds(7));
    assertEquals(Optional.of(Duration.ofSeconds(7)), told.retryAfter());
    var again = (SecretException.Throttled) told.again(ref);
    assertEquals(Optional.of(Duration.ofSeconds(7)), again.retryAfter());
    assertEquals(Optional.empty(), new SecretException.Throttled(ref, "why").retryAfter());
  }
}
