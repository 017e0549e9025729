package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    fixture.time.advance(Fixture.TTL);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatIsDeniedIsNotServedFromBefore() {
    fixture.provider.denies();
    assertEquals(
        "secret 'orders/database' (CURRENT): no such right",
        fixture.refused(SecretException.AccessDenied.class).getMessage());
  }

  @Test
  void whatIsGoneIsNotServedFromBefore() {
    fixture.provider.hasNone();
    fixture.refused(SecretException.NotFound.class);
  }

  @Test
  void anOutageDoesNotBringBackWhatWasDenied() {
    fixture.provider.denies();
    fixture.refused(SecretException.AccessDenied.class);
    fixture.provider.isUnavailable();
    fixture.time.advance(Fixture.RETRY);
    fixture.refused(SecretException.Unavailable.class);
  }

  @Test
  void anOutageDoesNotBringBackWhatIsGone() {
    fixture.provider.hasNone();
    fixture.refused(SecretException.NotFound.class);
    fixture.provider.isUnavailable();
    fixture.time.advance(Fixture.RETRY);
    fixture.refused(SecretException.Unavailable.class);
  }

  @Test
  void whatIsGrantedAgainIsServedAgain() {
    fixture.provider.denies();
    fixture.refused(SecretException.AccessDenied.class);
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.refused(SecretException.AccessDenied.class);
    fixture.time.advance(Fixture.RETRY);
    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void aValueThatWasWithdrawnIsWipedAfterTheGrace() {
    fixture.provider.gives("2", "correct horse");
    SecretValue inUse = fixture.secrets.get(Fixture.REF);
    fixture.provider.denies();
    fixture.time.advance(Fixture.TTL);
    fixture.refused(SecretException.AccessDenied.class);
    assertTrue(inUse.matches("correct horse"));

    fixture.time.advance(Fixture.GRACE);
    fixture.refused(SecretException.AccessDenied.class);

    assertTrue(inUse.isClosed());
    assertEquals("correct horse", fixture.sensitive.mask("correct horse"));
  }

  @Test
  void aMalformedValueIsRefusedButAnOutageAfterItStillHasTheLastGoodOne() {
    fixture.provider.gives("2", "");
    fixture.refused(SecretException.Malformed.class);
    fixture.provider.isUnavailable();
    fixture.time.advance(Fixture.RETRY);
    assertEquals("hunter2hunter2", fixture.read());
  }
}
