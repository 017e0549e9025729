package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageTest {
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
  void theLastValueIsServedWhileTheProviderIsUnavailable() {
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.TTL);

    assertEquals("hunter2hunter2", fixture.read());
    assertEquals(
        new SecretEvent.ServedStale(
            Fixture.REF, Fixture.TTL, "secret 'orders/database' (CURRENT): HTTP 503"),
        fixture.eventsAfterClosing().get(1));
  }

  @Test
  void theProviderIsLeftAloneForTheRetryTimeAndThenAskedAgain() {
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.TTL);
    fixture.read();
    fixture.provider.gives("2", "correct horse");
    fixture.pass(Fixture.RETRY.minusNanos(1));
    assertEquals("hunter2hunter2", fixture.read());
    assertEquals(2, fixture.provider.calls.get());

    fixture.pass(Duration.ofNanos(1));
    assertEquals("correct horse", fixture.read());
  }

  @Test
  void aValueIsServedUpToMaxStaleAndNotANanosecondLonger() {
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.MAX_STALE.minusSeconds(1));
    assertEquals("hunter2hunter2", fixture.read());
    fixture.pass(Duration.ofSeconds(1).minusNanos(1));
    assertEquals("hunter2hunter2", fixture.read());

    fixture.pass(Duration.ofNanos(2));

    var e = fixture.refused(SecretException.Expired.class);
    assertEquals(
        "secret 'orders/database' (CURRENT): the last value is more than PT1H old: HTTP 503",
        e.getMessage());
  }

  @Test
  void theAgeIsThatOfTheValueNotThatOfTheLastFailure() {
    fixture.provider.isUnavailable();
    for (int i = 0; i < 720; i++) {
      fixture.pass(Fixture.RETRY);
      fixture.read();
    }
    fixture.pass(Fixture.RETRY);
    fixture.refused(SecretException.Expired.class);
  }

  @Test
  void theEndOfTheOutageEndsItForGood() {
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.MAX_STALE.plusNanos(1));
    fixture.refused(SecretException.Expired.class);

    fixture.provider.gives("1", "hunter2hunter2");
    fixture.pass(Schedule.LONGEST_BACK_OFF);
    assertEquals("hunter2hunter2", fixture.read());

    fixture.provider.isUnavailable();
    fixture.pass(Fixture.MAX_STALE);
    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void whoAsksDuringTheRetryTimeGetsTheFailureWithItsOwnStackAndNoCall() {
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.MAX_STALE.plusNanos(1));
    int before = fixture.provider.calls.get();

    var first = fixture.refused(SecretException.Expired.class);
    var second = fixture.refused(SecretException.Expired.class);

    assertEquals(before, fixture.provider.calls.get());
    assertNotSame(first, second);
    assertEquals(first.getMessage(), second.getMessage());
  }

  @Test
  void anyOtherExceptionCountsAsUnavailable() {
    for (Exception notForUs :
        List.of(new IllegalStateException("hunter2hunter2"), new IOException("checked"))) {
      fixture.provider.answer =
          ref -> {
            throw OutageTest.<RuntimeException>unannounced(notForUs);
          };
      fixture.pass(Fixture.TTL);
      assertEquals("hunter2hunter2", fixture.read());
    }
    fixture.pass(Fixture.MAX_STALE.plusNanos(1));
    assertEquals(
        "secret 'orders/database' (CURRENT): the last value is more than PT1H old: the provider"
            + " threw IOException",
        fixture.refused(SecretException.Expired.class).getMessage());
  }

  @Test
  void nullAndAClosedValueAreNoAnswers() {
    fixture.provider.answer = OutageTest::none;
    fixture.pass(Fixture.TTL);
    assertEquals("hunter2hunter2", fixture.read());
    fixture.provider.answer =
        ref -> {
          SecretValue value = ScriptedProvider.value(ref, "2", "correct horse");
          value.close();
          return value;
        };
    fixture.pass(Fixture.TTL);
    assertEquals("hunter2hunter2", fixture.read());
    List<SecretEvent> events = fixture.eventsAfterClosing();
    assertTrue(events.get(1).toString().contains("returned null"), events.toString());
    assertTrue(events.get(2).toString().contains("value that is closed"), events.toString());
  }

  @Test
  void anErrorIsAFailureLikeAnyOther() {
    fixture.provider.answer =
        ref -> {
          throw new StackOverflowError();
        };
    fixture.pass(Fixture.TTL);
    assertEquals("hunter2hunter2", fixture.read());

    fixture.provider.gives("2", "correct horse");
    fixture.pass(Fixture.RETRY);
    assertEquals("correct horse", fixture.read());
  }

  private static SecretValue none(SecretRef ref) {
    return null;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E unannounced(Exception e) throws E {
    throw (E) e;
  }
}
