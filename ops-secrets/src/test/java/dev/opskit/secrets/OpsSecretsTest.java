package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsSecretsTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theProviderIsAskedAgainAtFourFifthsOfTheTtlAtTheLatest() {
    fixture.provider.gives("1", "hunter2hunter2");
    SecretValue first = fixture.secrets.get(Fixture.REF);
    fixture.pass(Fixture.TTL.multipliedBy(4).dividedBy(5).minusNanos(1));
    assertSame(first, fixture.secrets.get(Fixture.REF));
    assertEquals(1, fixture.provider.calls.get());

    fixture.provider.gives("2", "correct horse");
    fixture.pass(Duration.ofNanos(1));

    assertEquals("correct horse", fixture.read());
    assertEquals(2, fixture.provider.calls.get());
  }

  @Test
  void theWallClockDoesNotMatter() {
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.read();
    fixture.time.jumpTo(fixture.time.now().plus(Duration.ofDays(400)));
    fixture.read();
    assertEquals(1, fixture.provider.calls.get());
  }

  @Test
  void eachStageOfASecretIsCachedForItself() {
    fixture.provider.answer =
        ref -> ScriptedProvider.value(ref, ref.stage().name(), "value of " + ref.stage());
    var pending = new SecretRef(Fixture.REF.id(), SecretStage.PENDING);

    assertEquals("value of CURRENT", fixture.read());
    assertEquals("value of PENDING", fixture.secrets.get(pending).reveal("a test"));
    assertEquals(2, fixture.provider.calls.get());
  }

  @Test
  void whatHasNotChangedStaysTheSameValueAndTheNewCopyIsWiped() {
    var latest = new SecretValue[1];
    fixture.provider.answer = ref -> latest[0] = ScriptedProvider.value(ref, "1", "hunter2hunter2");
    SecretValue first = fixture.secrets.get(Fixture.REF);
    fixture.pass(Fixture.TTL);

    assertSame(first, fixture.secrets.get(Fixture.REF));
    assertNotSame(first, latest[0]);
    assertTrue(latest[0].isClosed());
    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void aProviderThatForgetsToChangeTheVersionIsNotBelieved() {
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.read();
    fixture.provider.gives("1", "correct horse");
    fixture.pass(Fixture.TTL);

    assertEquals("correct horse", fixture.read());
  }

  @Test
  void aProviderThatGivesOneInstanceForEverDoesNotLoseIt() {
    SecretValue only = ScriptedProvider.value(Fixture.REF, "1", "hunter2hunter2");
    fixture.provider.answer = ref -> only;
    fixture.read();
    fixture.pass(Fixture.TTL);

    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void whoClosesTheSharedValueEndsItForNobody() {
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.secrets.get(Fixture.REF).close();

    assertEquals("hunter2hunter2", fixture.read());
  }

  @Test
  void databaseCredentialsAreReadFromTheCachedValue() {
    fixture.provider.gives("1", "{\"username\":\"orders\",\"password\":\"hunter2hunter2\"}");
    for (int i = 0; i < 2; i++) {
      try (DatabaseCredentials credentials = fixture.secrets.databaseCredentials(Fixture.REF)) {
        assertEquals("orders", credentials.username());
        assertTrue(credentials.password().matches("hunter2hunter2"));
      }
    }
    assertEquals(1, fixture.provider.calls.get());
  }

  @Test
  void theRetryTimeIsAtMostTheTtl() {
    var hasty =
        OpsSecrets.builder()
            .provider(fixture.provider)
            .time(fixture.time)
            .ttl(Duration.ofSeconds(1))
            .retry(Duration.ofMinutes(1))
            .build();
    try (hasty) {
      fixture.provider.isUnavailable();
      assertThrows(SecretException.class, () -> hasty.get(Fixture.REF));
      fixture.provider.gives("1", "short");
      fixture.time.advance(Duration.ofSeconds(1));
      assertTrue(hasty.get(Fixture.REF).matches("short"));
    }
  }

  @Test
  void anOptionOutOfItsRangeIsNamedWithItsValue() {
    assertEquals("ttl is PT0S, must be above 0", refused(b -> b.ttl(Duration.ZERO)));
    assertEquals("retry is PT-1S, must be above 0", refused(b -> b.retry(Duration.ofSeconds(-1))));
    assertEquals(
        "rotateWithin is PT0S, must be above 0", refused(b -> b.rotateWithin(Duration.ZERO)));
    assertEquals(
        "maxStale is PT-1S, must be 0 or more", refused(b -> b.maxStale(Duration.ofSeconds(-1))));
    assertEquals(
        "grace is PT-1S, must be 0 or more", refused(b -> b.grace(Duration.ofSeconds(-1))));
    var e = assertThrows(IllegalArgumentException.class, OpsSecrets.builder()::build);
    assertEquals("provider is not set: where do the secrets come from?", e.getMessage());
  }

  private String refused(UnaryOperator<OpsSecretsBuilder> options) {
    var builder = options.apply(OpsSecrets.builder().provider(fixture.provider));
    return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
  }
}
