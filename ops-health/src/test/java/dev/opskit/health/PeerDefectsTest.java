package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What went wrong in other health libraries, each once, so that it cannot go wrong here. Others of
 * the kind stand with their subject: checks one after the other and many runs for many probes
 * (Spring Boot 4.1.2, SmallRye Health 4.3.0) in {@link HealthTest} and {@link OnDemandTest}; a
 * result that stays healthy for ever while its check hangs, and a hung check that is never run
 * again (Dropwizard Health 5.0.2, Felix Health Checks 2.3) in {@link CheckLoopTest} and {@link
 * FreshnessTest}; failures that are counted as consecutive but are not, and a listener that is told
 * twice (Dropwizard Health 5.0.2) in {@link DampingTest} and {@link TransitionsTest}; waiting for a
 * database without end, and two connections a check (Spring Boot 4.1.2) in {@link JdbcCheckTest}.
 */
@Tag("once")
@Timeout(30)
class PeerDefectsTest {
  private static final int PROBERS = 20;

  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService probers = Executors.newFixedThreadPool(PROBERS);

  @AfterEach
  void letGo() {
    release.countDown();
    probers.shutdownNow();
  }

  private HealthResult hang() throws InterruptedException {
    release.await();
    return HealthResult.up();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static long checkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ops-health-check-"))
        .filter(Thread::isAlive)
        .count();
  }

  /** Spring Boot 4.1.2: of 20 probes none was answered, and 20 threads were blocked. */
  @Test
  void probesOfAHungCheckAreAllAnsweredAndStartNoRun() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    await(() -> checkThreads() == 0);
    try (Health health =
        Health.builder()
            .check(
                "hangs",
                context -> {
                  runs.incrementAndGet();
                  return hang();
                },
                o -> o.timeout(Duration.ofMillis(50)).intervalWhileDown(Duration.ofMillis(50)))
            .start()) {
      OpsRoutes routes = HealthEndpoints.of(health);
      while (runs.get() < CheckLoop.MAX_RUNS) {
        probeAtOnce(() -> routes.handle(OpsRequest.get("/ready")));
      }
      for (int i = 0; i < 100; i++) {
        probeAtOnce(() -> routes.handle(OpsRequest.get("/ready")));
      }
      assertEquals(CheckLoop.MAX_RUNS, runs.get());
      assertEquals(CheckLoop.MAX_RUNS, checkThreads());
    }
  }

  private void probeAtOnce(Callable<OpsResponse> probe) throws Exception {
    for (Future<OpsResponse> answer : probers.invokeAll(Collections.nCopies(PROBERS, probe))) {
      assertEquals(503, answer.get().status());
    }
  }

  /** SmallRye Health 4.3.0: with a timeout of 1 s, a check of 5 s was awaited and then up. */
  @Test
  void aCheckThatIsUpAfterItsTimeoutIsNeitherAwaitedNorUp() throws Exception {
    try (Health health =
        Health.builder()
            .check("slow", context -> hang(), o -> o.onDemand().timeout(Duration.ofMillis(50)))
            .start()) {
      HealthReport report = health.report(Probe.READINESS);
      assertEquals(1, release.getCount(), "answered while the check still hangs");
      assertEquals(HealthStatus.DOWN, report.status());
      assertEquals(HealthCause.TIMEOUT, report.checks().get(0).result().cause());
    }
  }

  /**
   * Micronaut 4: the status was a field of the indicator, so that of two probes at the same time
   * one could show the status of the other.
   */
  @Test
  void probesAtTheSameTimeNeverMixTwoResults() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    HealthCheck alternates =
        context ->
            runs.incrementAndGet() % 2 == 0
                ? HealthResult.up()
                : HealthResult.down(HealthCause.REFUSED, "nobody there");
    AtomicInteger up = new AtomicInteger();
    AtomicInteger down = new AtomicInteger();
    try (Health health =
        Health.builder()
            .check(
                "alternates",
                alternates,
                o ->
                    o.timeout(Duration.ofMillis(100))
                        .interval(Duration.ofMillis(100))
                        .intervalWhileDown(Duration.ofMillis(10)))
            .start()) {
      OpsRoutes routes = HealthEndpoints.of(health, request -> true);
      await(() -> runs.get() > 0);
      List<Future<?>> mixed = new ArrayList<>();
      for (int i = 0; i < PROBERS; i++) {
        mixed.add(
            probers.submit(
                () -> {
                  while (up.get() < 1_000 || down.get() < 1_000) {
                    OpsResponse response = routes.handle(OpsRequest.get("/ready"));
                    String body = new String(response.body(), StandardCharsets.UTF_8);
                    if (!body.contains("NOT_YET_RUN") && !body.contains("TIMEOUT")) {
                      boolean isUp = response.status() == 200;
                      assertEquals(isUp ? 2 : 0, count(body, "\"status\":\"UP\""), body);
                      assertEquals(isUp ? 0 : 2, count(body, "\"status\":\"DOWN\""), body);
                      assertEquals(isUp ? 0 : 1, count(body, "nobody there"), body);
                      (isUp ? up : down).incrementAndGet();
                    }
                  }
                }));
      }
      for (Future<?> probe : mixed) {
        probe.get();
      }
    }
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }

  /**
   * Dropwizard Health 5.0.2: whether all is well was counted up and down on the side, and after a
   * failing check was taken away it was never well again.
   */
  @Test
  void theAnswerIsWellAgainWhenTheLastFailingCheckIsWhateverTheOrder() throws Exception {
    AtomicBoolean[] works = {new AtomicBoolean(), new AtomicBoolean(), new AtomicBoolean()};
    Health.Builder builder = Health.builder();
    for (AtomicBoolean each : works) {
      builder.check(
          "check-" + System.identityHashCode(each),
          context ->
              each.get() ? HealthResult.up() : HealthResult.down(HealthCause.FAILED, "not now"),
          o ->
              o.timeout(Duration.ofMillis(100))
                  .interval(Duration.ofMillis(100))
                  .intervalWhileDown(Duration.ofMillis(10)));
    }
    SplittableRandom random = new SplittableRandom(20_261_124);
    try (Health health = builder.start()) {
      OpsRoutes routes = HealthEndpoints.of(health);
      for (int turn = 0; turn < 12; turn++) {
        AtomicBoolean turned = works[random.nextInt(works.length)];
        turned.set(!turned.get());
        boolean allWork = works[0].get() && works[1].get() && works[2].get();
        await(() -> everyCheckIsKnown(health, works));
        await(
            () ->
                (routes.handle(OpsRequest.get("/ready")).status() == 200) == allWork
                    && health.report(Probe.READINESS).available() == allWork);
      }
    }
  }

  private static boolean everyCheckIsKnown(Health health, AtomicBoolean[] works) {
    for (int i = 0; i < works.length; i++) {
      HealthStatus status = health.report().checks().get(i).result().status();
      if ((status == HealthStatus.UP) != works[i].get()) {
        return false;
      }
    }
    return true;
  }

  /** heptiolabs/healthcheck: a scrape ran the checks, and they ran with a lock held. */
  @Test
  void readingRunsNoCheckAndWaitsForNone() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch hangs = new CountDownLatch(1);
    try (Health health =
        Health.builder()
            .check(
                "counted",
                context -> {
                  runs.incrementAndGet();
                  return HealthResult.up();
                })
            .check(
                "hangs",
                context -> {
                  hangs.countDown();
                  return hang();
                })
            .start()) {
      hangs.await();
      await(() -> runs.get() == 1);
      OpsRoutes routes = HealthEndpoints.of(health);
      for (int i = 0; i < 1_000; i++) {
        health.report();
        health.report(Probe.READINESS);
        health.history("counted");
        routes.paths().forEach(path -> routes.handle(OpsRequest.get(path)));
      }
      health.onEvent(event -> {}).close();
      health.heartbeat("later", Duration.ofSeconds(30)).beat();
      assertEquals(1, release.getCount(), "all this while a check hangs");
      assertEquals(1, runs.get());
    }
  }

  /** Quarkus: checks ran on the threads of the application, and hung ones used them up. */
  @Test
  void aCheckRunsOnNoThreadOfTheApplicationEvenOnDemand() throws Exception {
    AtomicReference<Thread> ranOn = new AtomicReference<>();
    try (Health health =
        Health.builder()
            .check(
                "asked",
                context -> {
                  ranOn.set(Thread.currentThread());
                  return HealthResult.up();
                },
                CheckOptions::onDemand)
            .start()) {
      assertTrue(health.report(Probe.READINESS).available());
      assertNotSame(Thread.currentThread(), ranOn.get());
      assertTrue(ranOn.get().getName().startsWith("ops-health-check-"), ranOn.toString());
    }
  }

  /** Dropwizard Health 5.0.2: a check that ended its own schedule was interrupted by that. */
  @Test
  void aCheckThatEndsTheEngineIsNotInterrupted() throws Exception {
    AtomicReference<Health> own = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Health health =
        Health.builder()
            .check(
                "ends",
                context -> {
                  await(() -> own.get() != null);
                  own.get().close();
                  interrupted.set(Thread.currentThread().isInterrupted());
                  return HealthResult.up();
                })
            .start();
    own.set(health);
    await(() -> interrupted.get() != null);
    assertFalse(interrupted.get());
    await(() -> health.report().checks().get(0).result().status() == HealthStatus.UP);
  }
}
