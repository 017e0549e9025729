package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutOfServiceTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final Health health = Health.builder().time(time).build();

  @AfterEach
  void close() {
    health.close();
  }

  private OpsResponse get(String path) {
    return HealthEndpoints.of(health, request -> true).handle(OpsRequest.get(path));
  }

  private static String body(OpsResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private MaintenanceWindow restore(Duration length) {
    return new MaintenanceWindow("ops", "restore drill", time.now().plus(length));
  }

  @Test
  void inMaintenanceOnlyReadinessSaysNoAndWhenToAskAgain() {
    health.maintenance().enter(restore(Duration.ofMinutes(10)));
    OpsResponse ready = get("/ready");
    assertEquals(503, ready.status());
    assertEquals("600", ready.headers().get("Retry-After"));
    assertTrue(
        body(ready)
            .startsWith(
                "{\"status\":\"DOWN\",\"cause\":\"MAINTENANCE\",\"message\":\"restore drill\","
                    + "\"details\":{\"owner\":\"ops\",\"until\":\"2026-01-01T00:10:00Z\"},"
                    + "\"timestamp\":"),
        body(ready));
    assertEquals(503, get("/status").status());
    assertEquals(200, get("/health").status());
    assertEquals(200, get("/startup").status());
  }

  @Test
  void afterMaintenanceReadinessIsWhatTheChecksSay() {
    health.maintenance().enter(restore(Duration.ofMinutes(10)));
    health.maintenance().leave();
    OpsResponse ready = get("/ready");
    assertEquals(200, ready.status());
    assertNull(ready.headers().get("Retry-After"));
    assertFalse(body(ready).contains("MAINTENANCE"), body(ready));
  }

  @Test
  void aForgottenWindowEndsByItself() {
    health.maintenance().enter(restore(Duration.ofMinutes(10)));
    time.advance(Duration.ofMinutes(10).minusMillis(1));
    health.tick();
    assertEquals("1", get("/ready").headers().get("Retry-After"));
    time.advance(Duration.ofMillis(1));
    health.tick();
    assertEquals(200, get("/ready").status());
  }

  @Test
  void aWindowThatIsOverIsRefusedWithBothTimes() {
    MaintenanceWindow over = restore(Duration.ZERO);
    String message =
        assertThrows(IllegalArgumentException.class, () -> health.maintenance().enter(over))
            .getMessage();
    assertEquals(
        "the maintenance window ends at 2026-01-01T00:00:00Z,"
            + " but it is 2026-01-01T00:00:00Z already",
        message);
  }

  @Test
  void aDrainIsForGoodAndLeavesLivenessAlone() {
    assertTrue(health.report(Probe.READINESS).available());
    health.drain().begin();
    health.drain().begin();
    OpsResponse ready = get("/ready");
    assertEquals(503, ready.status());
    assertTrue(body(ready).contains("\"cause\":\"DRAINING\""), body(ready));
    assertNull(ready.headers().get("Retry-After"));
    assertEquals(200, get("/health").status());
  }

  @Test
  void aHostMayBringAMaintenanceModeOfItsOwn() {
    MaintenanceMode always =
        new MaintenanceMode() {
          @Override
          public void enter(MaintenanceWindow window) {
            throw new AssertionError("nobody enters");
          }

          @Override
          public void leave() {
            throw new AssertionError("nobody leaves");
          }

          @Override
          public Optional<MaintenanceWindow> current() {
            return Optional.of(restore(Duration.ofHours(1)));
          }
        };
    try (Health own = Health.builder().time(time).maintenance(always).start()) {
      assertSame(always, own.maintenance());
      assertFalse(own.report(Probe.READINESS).available());
    }
  }
}
