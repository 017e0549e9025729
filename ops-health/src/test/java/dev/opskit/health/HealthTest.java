package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthTest {
  private static final HealthCheck DOWN =
      context -> HealthResult.down(HealthCause.REFUSED, "nobody there");

  private static void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      never.await(5, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean known(Health health) {
    return health.report().checks().stream()
        .noneMatch(check -> check.result().cause() == HealthCause.NOT_YET_RUN);
  }

  @Test
  void checksRunInParallel() throws Exception {
    CyclicBarrier allAtOnce = new CyclicBarrier(5);
    Health.Builder builder = Health.builder();
    for (int i = 0; i < 5; i++) {
      builder.check(
          "check-" + i,
          context -> {
            allAtOnce.await();
            return HealthResult.up();
          });
    }
    try (Health health = builder.start()) {
      await(() -> health.report(Probe.READINESS).status() == HealthStatus.UP);
    }
  }

  @Test
  void aHungCheckHarmsNoOtherAndNamesWhereItStands() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    HealthCheck hangs =
        context -> {
          release.await();
          return HealthResult.up();
        };
    try (Health health =
        Health.builder()
            .check("hangs", hangs, o -> o.timeout(Duration.ofMillis(100)))
            .check("works", context -> HealthResult.up())
            .start()) {
      await(() -> health.report().checks().get(0).result().cause() == HealthCause.TIMEOUT);
      CheckReport hung = health.report().checks().get(0);
      assertTrue(hung.stuckAt() != null && hung.stuckAt().contains("("), hung.toString());
      await(() -> health.report().checks().get(1).result().status() == HealthStatus.UP);
      assertFalse(health.report(Probe.READINESS).available());
      release.countDown();
      await(() -> health.report(Probe.READINESS).available());
    }
  }

  @Test
  void whatIsNotKnownYetKeepsTrafficAwayAndRestartsNothing() {
    CountDownLatch release = new CountDownLatch(1);
    HealthCheck slow =
        context -> {
          release.await();
          return HealthResult.up();
        };
    try (Health health =
        Health.builder()
            .check(
                "slow",
                slow,
                o ->
                    o.scope(DependencyScope.LOCAL)
                        .timeout(Duration.ofSeconds(10))
                        .probes(Probe.LIVENESS, Probe.READINESS, Probe.STARTUP))
            .start()) {
      for (Probe probe : Probe.values()) {
        HealthReport report = health.report(probe);
        assertEquals(HealthStatus.UNKNOWN, report.status());
        assertEquals(probe == Probe.LIVENESS, report.available(), probe.name());
      }
    } finally {
      release.countDown();
    }
  }

  @Test
  void aPrivateDependencyTakesOutOfTrafficAndASharedOneDoesNot() throws Exception {
    try (Health health = Health.builder().check("db", DOWN).start()) {
      await(() -> known(health));
      assertEquals(HealthStatus.DOWN, health.report(Probe.READINESS).status());
      assertFalse(health.report(Probe.READINESS).available());
      assertTrue(health.report(Probe.LIVENESS).available());
    }
    try (Health health =
        Health.builder().check("db", DOWN, o -> o.scope(DependencyScope.SHARED)).start()) {
      await(() -> known(health));
      assertEquals(HealthStatus.DEGRADED, health.report(Probe.READINESS).status());
      assertTrue(health.report(Probe.READINESS).available());
    }
  }

  @Test
  void whatIsOutsideTheProcessMayNotDecideOnItsLife() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Health.builder().check("db", DOWN, o -> o.probes(Probe.LIVENESS)));
    assertTrue(refused.getMessage().contains("'db'"), refused.getMessage());
  }

  @Test
  void badOptionsAreRefusedByName() {
    Map<String, Runnable> wrong =
        Map.of(
            "timeout", () -> build(o -> o.timeout(Duration.ofSeconds(11))),
            "interval", () -> build(o -> o.interval(Duration.ofDays(2))),
            "failureThreshold", () -> build(o -> o.failureThreshold(0)),
            "successThreshold", () -> build(o -> o.successThreshold(101)),
            "intervalWhileDown", () -> build(o -> o.intervalWhileDown(Duration.ofSeconds(11))),
            "maxAge", () -> build(o -> o.maxAge(Duration.ofSeconds(11))));
    wrong.forEach(
        (option, build) -> {
          String message = assertThrows(IllegalArgumentException.class, build::run).getMessage();
          assertTrue(message.startsWith(option + " of check 'db'"), message);
        });
    Health.Builder builder = Health.builder().check("db", DOWN);
    assertThrows(IllegalArgumentException.class, () -> builder.check("db", DOWN));
    assertThrows(IllegalArgumentException.class, () -> builder.check(" ", DOWN));
  }

  private static void build(UnaryOperator<CheckOptions> options) {
    Health.builder().check("db", DOWN, options);
  }

  @Test
  void theEndpointsSayYesOrNoAndWhy() throws Exception {
    try (Health health = Health.builder().version("1.4.2").check("db", DOWN).start()) {
      OpsRoutes routes = HealthEndpoints.of(health, request -> true);
      await(() -> !body(routes, "/ready").contains("NOT_YET_RUN"));
      assertEquals(200, routes.handle(OpsRequest.get("/health")).status());
      OpsResponse ready = routes.handle(OpsRequest.get("/ready"));
      assertEquals(503, ready.status());
      assertEquals("no-store", ready.headers().get("Cache-Control"));
      String body = body(routes, "/ready");
      assertTrue(body.startsWith("{\"status\":\"DOWN\",\"timestamp\":\""), body);
      assertTrue(
          body.contains(
              "\"version\":\"1.4.2\",\"checks\":[{\"name\":\"db\",\"status\":\"DOWN\","
                  + "\"cause\":\"REFUSED\",\"message\":\"nobody there\",\"since\":"),
          body);
      assertEquals(503, routes.handle(OpsRequest.get("/startup")).status());
      assertEquals(503, routes.handle(OpsRequest.get("/status")).status());
      OpsRequest post = new OpsRequest("POST", "/ready", null, Map.of(), new byte[0], null);
      assertEquals("GET, HEAD", routes.handle(post).headers().get("Allow"));
    }
  }

  private static String body(OpsRoutes routes, String path) {
    return new String(routes.handle(OpsRequest.get(path)).body(), StandardCharsets.UTF_8);
  }
}
