package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretsHealthCheckTest {
  private final StoreOfVersions store = new StoreOfVersions();
  private final Fixture fixture = new Fixture(options -> options.provider(store));
  private RotatingSecret<SecretValue> secret;

  @BeforeEach
  void load() {
    store.put(Fixture.REF, "1", "hunter2hunter2");
    secret = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    fixture.secrets.tick();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void allIsWell() throws Exception {
    fixture.time.advance(Duration.ofSeconds(7));
    HealthResult result = check();
    assertEquals(HealthStatus.UP, result.status());
    assertEquals(1, result.details().get("secrets"));
    assertEquals(7L, result.details().get("oldestSeconds"));
    assertEquals(DependencyScope.SHARED, fixture.secrets.healthCheck().scope());
  }

  @Test
  void aSecretThatHasExpiredIsDown() throws Exception {
    Fixture lost = new Fixture();
    lost.provider.isUnavailable();
    lost.secrets.rotating(Fixture.REF, SecretType.value());
    lost.secrets.tick();
    try (lost) {
      HealthResult result = lost.secrets.healthCheck().check(() -> Duration.ZERO);
      assertIs(HealthStatus.DOWN, HealthCause.STALE, result);
      assertEquals("1 not to be had: orders/database: HTTP 503", result.message());
    }
  }

  @Test
  void oneThatIsNotLookedAtInTimeIsStaleEvenWithoutAFailure() throws Exception {
    // As after a long pause of the process: it is seen before the answer is there.
    fixture.time.advance(Fixture.TTL.plusNanos(1));
    secret.view().source().expire(fixture.time.nanoTime());
    assertIs(HealthStatus.DEGRADED, HealthCause.STALE, check());
    fixture.secrets.tick();
    assertEquals(HealthStatus.UP, check().status());
  }

  @Test
  void aRotationThatTheStoreHasMissedByADayIsOverdue() throws Exception {
    store.nextRotation = Optional.of(fixture.time.now());
    fixture.pass(Fixture.TTL);
    fixture.pass(SecretsHealthCheck.OVERDUE.minus(Fixture.TTL));
    assertEquals(HealthStatus.UP, check().status());
    fixture.pass(Duration.ofSeconds(1));
    HealthResult result = check();
    assertIs(HealthStatus.DEGRADED, HealthCause.OVERDUE, result);
    assertEquals("1 not rotated in time: orders/database", result.message());
  }

  @Test
  void whatWasRotatedLongerAgoThanThePolicyAllowsIsOverdue() throws Exception {
    Duration allowed = Duration.ofDays(90);
    store.lastRotated = Optional.of(fixture.time.now());
    try (Fixture strict = new Fixture(o -> o.provider(store).rotateWithin(allowed))) {
      strict.time.jumpTo(fixture.time.now());
      strict.secrets.rotating(Fixture.REF, SecretType.value());
      strict.secrets.tick();
      strict.pass(Fixture.TTL);
      strict.time.jumpTo(fixture.time.now().plus(allowed));
      assertEquals(HealthStatus.UP, check(strict).status());
      strict.time.jumpTo(strict.time.now().plusSeconds(1));
      HealthResult result = check(strict);
      assertIs(HealthStatus.DEGRADED, HealthCause.OVERDUE, result);
      assertEquals("1 not rotated in time: orders/database", result.message());
    }
    fixture.pass(Fixture.TTL);
    fixture.time.jumpTo(fixture.time.now().plus(allowed.multipliedBy(40)));
    assertEquals(HealthStatus.UP, check().status());
  }

  @Test
  void aRefusedVersionIsSaidUntilThereIsAnother() throws Exception {
    try {
      secret.<String, IOException>logIn(
          version -> {
            throw new IOException("401");
          },
          IOException.class::isInstance,
          Duration.ZERO);
    } catch (IOException refused) {
      assertIs(HealthStatus.DEGRADED, HealthCause.AUTH, check());
    }
    store.put(Fixture.REF, "2", "correct horse");
    fixture.pass(Fixture.TTL);
    assertEquals(HealthStatus.UP, check().status());
  }

  private HealthResult check() throws Exception {
    return check(fixture);
  }

  private static HealthResult check(Fixture of) throws Exception {
    return of.secrets.healthCheck().check(() -> Duration.ZERO);
  }

  private static void assertIs(HealthStatus status, HealthCause cause, HealthResult result) {
    assertEquals(status, result.status(), result::message);
    assertEquals(cause, result.cause());
  }
}
