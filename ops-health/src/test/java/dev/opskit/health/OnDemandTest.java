package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OnDemandTest {
  private static final OpsRequest READY = OpsRequest.get("/ready");

  @Test
  void aThousandProbesOfOneSlowCheckRunItOnce() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (Health health =
        Health.builder()
            .check(
                "slow",
                context -> {
                  runs.incrementAndGet();
                  begun.countDown();
                  answer.await();
                  return HealthResult.up();
                },
                o -> o.onDemand().timeout(Duration.ofSeconds(10)))
            .start()) {
      OpsRoutes routes = HealthEndpoints.of(health);
      ExecutorService probers = Executors.newFixedThreadPool(1_000);
      List<Future<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        statuses.add(probers.submit(() -> routes.handle(READY).status()));
      }
      begun.await();
      answer.countDown();
      for (Future<Integer> status : statuses) {
        assertEquals(200, status.get());
      }
      probers.shutdown();
      assertEquals(1, runs.get());
    }
  }

  @Test
  void theChecksOfAProbeRunInParallelWhenItAsks() throws Exception {
    CyclicBarrier allAtOnce = new CyclicBarrier(10);
    Health.Builder builder = Health.builder();
    for (int i = 0; i < 10; i++) {
      builder.check(
          "check-" + i,
          context -> {
            allAtOnce.await();
            return HealthResult.up();
          },
          o -> o.onDemand().timeout(Duration.ofSeconds(10)));
    }
    try (Health health = builder.start()) {
      assertEquals(200, HealthEndpoints.of(health).handle(READY).status());
    }
  }

  @Test
  void nothingRunsWhenNobodyAsks() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch backgroundRuns = new CountDownLatch(3);
    try (Health health =
        Health.builder()
            .check(
                "asked",
                context -> {
                  runs.incrementAndGet();
                  return HealthResult.up();
                },
                CheckOptions::onDemand)
            .check(
                "background",
                context -> {
                  backgroundRuns.countDown();
                  return HealthResult.down(HealthCause.FAILED, "runs often");
                },
                o -> o.intervalWhileDown(Duration.ofMillis(10)).probes(Probe.STARTUP))
            .start()) {
      backgroundRuns.await();
      assertEquals(0, runs.get());
      assertTrue(health.report(Probe.READINESS).available());
      assertEquals(1, runs.get());
    }
  }

  @Test
  void aHungCheckHoldsAProbeUpForItsTimeoutAndTheNextNotAtAll() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Health health =
        Health.builder()
            .check(
                "hangs",
                context -> {
                  never.await();
                  return HealthResult.up();
                },
                o -> o.onDemand().timeout(Duration.ofMillis(100)))
            .start()) {
      assertEquals(HealthCause.TIMEOUT, cause(health));
      assertEquals(HealthCause.TIMEOUT, cause(health));
      never.countDown();
      while (health.report(Probe.READINESS).status() != HealthStatus.UP) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
  }

  private static HealthCause cause(Health health) {
    return health.report(Probe.READINESS).checks().get(0).result().cause();
  }
}
