package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupFreshnessCheckTest {
  private static final CheckContext CONTEXT = () -> Duration.ofSeconds(1);

  private final Fixture fixture = new Fixture();
  private final BackupFreshnessCheck check =
      BackupFreshnessCheck.of(fixture.service, Duration.ofHours(26));

  @AfterEach
  void close() {
    fixture.close();
  }

  private void provenNow() {
    fixture.service.verify(fixture.service.backupNow().id());
  }

  @Test
  void aServiceThatWasNeverBackedUpIsDegraded() {
    HealthResult result = check.check(CONTEXT);

    assertEquals(HealthStatus.DEGRADED, result.status());
    assertEquals(HealthCause.OVERDUE, result.cause());
  }

  @Test
  void isUpUntilTheNewestBackupIsTooOldAndAgainAfterTheNext() {
    fixture.strategy.with("a", new byte[10]);
    provenNow();
    fixture.time.advance(Duration.ofHours(26));
    assertEquals(HealthStatus.UP, check.check(CONTEXT).status());
    fixture.time.advance(Duration.ofSeconds(1));
    assertEquals(HealthStatus.DEGRADED, check.check(CONTEXT).status());

    provenNow();
    fixture.time.advance(Duration.ofMinutes(1));

    assertEquals(HealthStatus.UP, check.check(CONTEXT).status());
  }

  @Test
  void anUnreadableStoreMakesItUnknownOnlyOnceNothingFreshIsKnown() {
    boolean[] broken = new boolean[1];
    BackupStore store =
        new MisbehavingStore(fixture.store) {
          @Override
          public List<BlobInfo> list(String prefix, String startAfter) {
            if (broken[0]) {
              throw new BackupUnavailableException("no answer");
            }
            return super.list(prefix, startAfter);
          }
        };
    fixture.strategy.with("a", new byte[10]);
    try (BackupService service = fixture.over(store)) {
      service.verify(service.backupNow().id());
      BackupFreshnessCheck overStore = BackupFreshnessCheck.of(service, Duration.ofHours(26));
      overStore.check(CONTEXT);
      broken[0] = true;
      fixture.time.advance(Duration.ofMinutes(5));
      assertEquals(HealthStatus.UP, overStore.check(CONTEXT).status());

      fixture.time.advance(Duration.ofHours(27));

      assertEquals(HealthStatus.UNKNOWN, overStore.check(CONTEXT).status());
    }
  }

  @Test
  void aBackupThatDoesNotCountIsNone() {
    fixture.strategy.with("a", new byte[10]);
    String id = fixture.service.backupNow().id();
    assertEquals(HealthStatus.DEGRADED, check.check(CONTEXT).status(), "never verified");

    fixture.service.verify(id);
    fixture.time.advance(Duration.ofMinutes(1));
    assertEquals(HealthStatus.UP, check.check(CONTEXT).status());

    fixture.service.catalog().quarantine(id, "it smells");
    fixture.time.advance(Duration.ofMinutes(5));
    assertEquals(HealthStatus.DEGRADED, check.check(CONTEXT).status(), "quarantined");
  }

  @Test
  void aNewerOneThatIsSuspectDoesNotHideThatTheLastGoodOneIsOld() {
    fixture.strategy.with("a", Fixture.randomBytes(1000));
    for (int i = 0; i < 3; i++) {
      provenNow();
    }
    fixture.time.advance(Duration.ofHours(27));
    fixture.strategy.with("a", new byte[1]);
    provenNow();

    HealthResult result = check.check(CONTEXT);

    assertEquals(HealthStatus.DEGRADED, result.status());
    assertEquals(Duration.ofHours(27).toSeconds(), result.details().get("ageSeconds"));
  }

  @Test
  void aMaximumAgeOfZeroIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BackupFreshnessCheck.of(fixture.service, Duration.ZERO));
  }
}
