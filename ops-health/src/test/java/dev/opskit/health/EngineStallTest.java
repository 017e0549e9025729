package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No ticker runs here: the test ticks, or does not. */
@Timeout(30)
class EngineStallTest {
  private static final OpsRequest READY = OpsRequest.get("/ready");

  private final ManualTimeSource time = new ManualTimeSource();
  private final Health health =
      Health.builder().time(time).check("db", context -> HealthResult.up()).build();
  private final OpsRoutes routes = HealthEndpoints.of(health);

  @BeforeEach
  void runOnce() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (health.report(Probe.READINESS).status() != HealthStatus.UP) {
      health.tick();
      never.await(1, TimeUnit.MILLISECONDS);
    }
    health.tick();
  }

  @AfterEach
  void close() {
    health.close();
  }

  private String body(String path) {
    return new String(routes.handle(OpsRequest.get(path)).body(), StandardCharsets.UTF_8);
  }

  @Test
  void anEngineThatStandsStillSaysUpToNobody() {
    assertEquals(200, routes.handle(READY).status());
    time.advance(Duration.ofMillis(3_001));
    assertEquals(503, routes.handle(READY).status());
    assertTrue(body("/ready").startsWith("{\"status\":\"UNKNOWN\""), body("/ready"));
    assertTrue(body("/ready").contains("\"cause\":\"STALE\""), body("/ready"));
    assertFalse(body("/status").contains("\"UP\""), body("/status"));
    assertTrue(body("/health").startsWith("{\"status\":\"UNKNOWN\""), body("/health"));
  }

  @Test
  void aProcessThatWasFrozenIsBelievedAgainAfterItsNextTickOnlyIfTheResultIsFresh() {
    time.advance(Duration.ofSeconds(20));
    assertEquals(503, routes.handle(READY).status());
    health.tick();
    assertEquals(200, routes.handle(READY).status());
    time.advance(Duration.ofSeconds(31));
    assertEquals(503, routes.handle(READY).status());
  }

  @Test
  void aCheckThatGrowsOldBetweenTwoTicksIsNotUp() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    health.close(); // No run is started any more, but the ticks go on.
    for (int i = 0; i < 29; i++) {
      time.advance(Duration.ofSeconds(1));
      health.tick();
    }
    never.await(1, TimeUnit.MILLISECONDS);
    assertEquals(200, routes.handle(READY).status());
    time.advance(Duration.ofSeconds(2));
    HealthReport report = health.report(Probe.READINESS);
    assertEquals(HealthCause.STALE, report.checks().get(0).result().cause());
    assertEquals(503, routes.handle(READY).status());
  }
}
