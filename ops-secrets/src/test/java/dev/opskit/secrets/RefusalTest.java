package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is gone, denied or wrong is not a matter of waiting. */
class RefusalTest {
  private final Fixture fixture = new Fixture();

  @BeforeEach
  void load() {
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.read();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatIsDeniedIsServedFromBeforeForATimeAndThenNoMore() {
    fixture.provider.denies();
    fixture.pass(Fixture.TTL);
    fixture.pass(Fixture.MAX_STALE_DENIED.minusNanos(1));
    assertEquals("hunter2hunter2", fixture.read());

    fixture.pass(Duration.ofNanos(1));
    assertEquals(
        "secret 'orders/database' (CURRENT): no such right",
        fixture.refused(SecretException.AccessDenied.class).getMessage());
  }

  @Test
  void whatIsGoneIsServedFromBeforeForATimeAndThenNoMore() {
    fixture.provider.hasNone();
    fixture.pass(Fixture.TTL);
    fixture.pass(Fixture.MAX_STALE_DENIED.minusNanos(1));
    assertEquals("hunter2hunter2", fixture.read());

    fixture.pass(Duration.ofNanos(1));
    fixture.refused(SecretException.NotFound.class);
  }

  @Test
  void withoutSuchATimeItIsOverAtOnce() {
    try (Fixture strict = new Fixture(options -> options.maxStaleDenied(Duration.ZERO))) {
      strict.provider.gives("1", "hunter2hunter2");
      strict.read();
      strict.provider.denies();
      strict.pass(Fixture.TTL);
      strict.refused(SecretException.AccessDenied.class);
    }
  }

  @Test
  void anOutageNeitherEndsNorProlongsTheTime() {
    fixture.provider.denies();
    fixture.pass(Fixture.TTL);
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.MAX_STALE_DENIED.minusNanos(1));
    assertEquals("hunter2hunter2", fixture.read());

    fixture.pass(Duration.ofNanos(1));
    assertEquals(
        "secret 'orders/database' (CURRENT): it was withdrawn more than PT15M ago: HTTP 503",
        fixture.refused(SecretException.Expired.class).getMessage());
  }

  @Test
  void whatIsGrantedAgainIsServedAgain() {
    fixture.provider.denies();
    fixture.pass(Fixture.TTL);
    fixture.pass(Fixture.MAX_STALE_DENIED);
    fixture.refused(SecretException.AccessDenied.class);

    fixture.provider.gives("1", "hunter2hunter2");
    fixture.pass(Schedule.LONGEST_BACK_OFF);
    assertEquals("hunter2hunter2", fixture.read());
    fixture.provider.denies();
    fixture.pass(Fixture.TTL);
    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void aValueThatWasWithdrawnIsWipedAfterTheGrace() {
    SecretValue inUse = fixture.secrets.get(Fixture.REF);
    fixture.provider.denies();
    fixture.pass(Fixture.TTL);
    fixture.pass(Fixture.MAX_STALE_DENIED);
    fixture.refused(SecretException.AccessDenied.class);
    assertTrue(inUse.matches("hunter2hunter2"));

    fixture.pass(Fixture.GRACE);

    assertTrue(inUse.isClosed());
    assertEquals("hunter2hunter2", fixture.sensitive.mask("hunter2hunter2"));
  }

  @Test
  void aFirstLoadThatIsDeniedIsTriedAgainOnlyAfterTheRetryTime() {
    SecretRef other = SecretRef.of("other");
    fixture.provider.denies();
    assertThrows(SecretException.AccessDenied.class, () -> fixture.secrets.get(other));
    fixture.provider.gives("1", "correct horse");
    int calls = fixture.provider.calls.get();
    assertThrows(SecretException.AccessDenied.class, () -> fixture.secrets.get(other));
    assertEquals(calls, fixture.provider.calls.get());

    fixture.time.advance(Fixture.RETRY);
    assertTrue(fixture.secrets.get(other).matches("correct horse"));
  }

  @Test
  void ofAMalformedNewVersionTheLastGoodOneIsServed() {
    fixture.provider.gives("2", "");
    fixture.pass(Fixture.TTL);
    assertEquals("hunter2hunter2", fixture.read());
  }
}
