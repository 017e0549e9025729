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

  @Test
  void aServiceThatWasNeverBackedUpIsDegraded() {
    HealthResult result = check.check(CONTEXT);

    assertEquals(HealthStatus.DEGRADED, result.status());
    assertEquals(HealthCause.OVERDUE, result.cause());
  }

  @Test
  void isUpUntilTheNewestBackupIsTooOldAndAgainAfterTheNext() {
    fixture.strategy.with("a", new byte[10]);
    fixture.service.backupNow();
    fixture.time.advance(Duration.ofHours(26));
    assertEquals(HealthStatus.UP, check.check(CONTEXT).status());
    fixture.time.advance(Duration.ofSeconds(1));
    assertEquals(HealthStatus.DEGRADED, check.check(CONTEXT).status());

    fixture.service.backupNow();
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
      service.backupNow();
      BackupFreshnessCheck overStore = BackupFreshnessCheck.of(service, Duration.ofHours(26));
      overStore.check(CONTEXT);
      broken[0] = true;
      assertEquals(HealthStatus.UP, overStore.check(CONTEXT).status());

      fixture.time.advance(Duration.ofHours(27));

      assertEquals(HealthStatus.UNKNOWN, overStore.check(CONTEXT).status());
    }
  }

  @Test
  void aMaximumAgeOfZeroIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> BackupFreshnessCheck.of(fixture.service, Duration.ZERO));
  }
}
