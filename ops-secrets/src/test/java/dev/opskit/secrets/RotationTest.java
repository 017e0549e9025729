package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotationTest {
  private final Fixture fixture = new Fixture();
  private SecretValue old;

  @BeforeEach
  void rotate() {
    fixture.provider.gives("1", "hunter2hunter2");
    old = fixture.secrets.get(Fixture.REF);
    fixture.provider.gives("2", "correct horse");
    fixture.pass(Fixture.TTL);
    fixture.read();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theSupersededValueIsUsableAndMaskedDuringTheGrace() {
    whatIsDueHappensAfter(Fixture.GRACE.minusNanos(1));

    assertTrue(old.matches("hunter2hunter2"));
    assertEquals("***", fixture.sensitive.mask("hunter2hunter2"));
  }

  @Test
  void afterTheGraceItIsWipedAndItsMaskingEnds() {
    whatIsDueHappensAfter(Fixture.GRACE);

    assertTrue(old.isClosed());
    assertEquals("hunter2hunter2", fixture.sensitive.mask("hunter2hunter2"));
    assertFalse(fixture.secrets.get(Fixture.REF).isClosed());
    assertEquals("***", fixture.sensitive.mask("correct horse"));
  }

  @Test
  void eachNewVersionIsReportedOnce() {
    fixture.pass(Fixture.TTL);
    fixture.read();

    assertEquals(
        List.of(new SecretEvent.Loaded(Fixture.REF, "1"), new SecretEvent.Loaded(Fixture.REF, "2")),
        fixture.eventsAfterClosing());
  }

  private void whatIsDueHappensAfter(Duration passed) {
    fixture.pass(passed);
  }
}
