package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can happen to the engine from outside of the checks. */
@Timeout(60)
class EngineFaultsTest {

  private static void await(Health health, HealthStatus status) throws InterruptedException {
    while (health.report(Probe.READINESS).status() != status) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Test
  void aClockThatIsSetBackAnHourChangesNothing() throws Exception {
    ManualTimeSource time = new ManualTimeSource();
    try (Health health =
        Health.builder().time(time).check("db", context -> HealthResult.up()).build()) {
      while (health.report(Probe.READINESS).status() != HealthStatus.UP) {
        health.tick();
        TimeUnit.MILLISECONDS.sleep(1);
      }
      time.jumpTo(time.now().minus(Duration.ofHours(1)));
      health.tick();
      OpsResponse ready = HealthEndpoints.of(health).handle(OpsRequest.get("/ready"));
      assertEquals(200, ready.status());
      String body = new String(ready.body(), StandardCharsets.UTF_8);
      assertTrue(body.contains("\"uptime\":0,"), body);
      time.advance(Duration.ofSeconds(31));
      assertEquals(HealthStatus.UNKNOWN, health.report(Probe.READINESS).status());
    }
  }

  @Test
  void closingWhileACheckRunsWaitsForNobodyAndLeavesNoThread() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread[] thread = new Thread[1];
    Health health =
        Health.builder()
            .check(
                "hangs",
                context -> {
                  thread[0] = Thread.currentThread();
                  inside.countDown();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  return HealthResult.up();
                })
            .start();
    inside.await();
    long start = TimeSource.system().nanoTime();
    health.close();
    health.close();
    assertTrue(TimeSource.system().nanoTime() - start < 1_000_000_000L);
    assertFalse(health.report(Probe.READINESS).available());
    release.countDown();
    thread[0].join();
    assertFalse(interrupted.get(), "it is not this engine's to cut off");
  }

  @Test
  void twoChecksOfOneNameAreRefusedAlsoWhenTheyComeLater() {
    Health.Builder builder = Health.builder().check("db", context -> HealthResult.up());
    assertThrows(
        IllegalArgumentException.class, () -> builder.check("db", context -> HealthResult.up()));
    try (Health health = builder.build()) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> health.heartbeat("db", Duration.ofSeconds(5)))
              .getMessage();
      assertTrue(message.startsWith("check name 'db' is taken"), message);
      assertEquals(1, health.report().checks().size());
    }
  }

  @Test
  void aListenerThatHangsHoldsUpNeitherProbesNorTheClosing() throws Exception {
    AtomicBoolean works = new AtomicBoolean(true);
    CountDownLatch inside = new CountDownLatch(1);
    Health health =
        Health.builder()
            .check(
                "db",
                context ->
                    works.get() ? HealthResult.up() : HealthResult.down(HealthCause.FAILED, "off"),
                o ->
                    o.timeout(Duration.ofMillis(10))
                        .interval(Duration.ofMillis(10))
                        .intervalWhileDown(Duration.ofMillis(10)))
            .start();
    AtomicInteger told = new AtomicInteger();
    health.onEvent(
        event -> {
          inside.countDown();
          while (true) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              return;
            }
          }
        });
    health.onEvent(event -> told.incrementAndGet());
    works.set(false);
    inside.await();
    await(health, HealthStatus.DOWN);
    int before = told.get();
    works.set(true);
    await(health, HealthStatus.UP);
    // Where the machine is so busy that a success grew too old, it was down without an event.
    while (told.get() == before) {
      works.set(!works.get());
      TimeUnit.MILLISECONDS.sleep(20);
    }
    long start = TimeSource.system().nanoTime();
    health.close();
    assertTrue(TimeSource.system().nanoTime() - start < 10_000_000_000L);
  }

  @Test
  void aThousandReadersSeeAWholeAnswerWhileChecksTurn() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    Health.Builder builder = Health.builder();
    for (int i = 0; i < 5; i++) {
      builder.check(
          "check-" + i,
          context ->
              turn.getAndIncrement() % 3 == 0
                  ? HealthResult.down(HealthCause.FAILED, "its turn")
                  : HealthResult.up(),
          o ->
              o.timeout(Duration.ofMillis(10))
                  .interval(Duration.ofMillis(10))
                  .intervalWhileDown(Duration.ofMillis(10)));
    }
    ExecutorService readers = Executors.newFixedThreadPool(1_000);
    try (Health health = builder.start()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        all.add(readers.submit(() -> readHundredTimes(health)));
      }
      int read = 0;
      for (Future<Integer> reader : all) {
        read += reader.get();
      }
      assertEquals(100_000, read);
    } finally {
      readers.shutdownNow();
    }
  }

  private static int readHundredTimes(Health health) {
    for (int i = 0; i < 100; i++) {
      OpsResponse ready = HealthEndpoints.of(health).handle(OpsRequest.get("/ready"));
      String body = new String(ready.body(), StandardCharsets.UTF_8);
      boolean saysUp = body.startsWith("{\"status\":\"UP\"");
      assertEquals(saysUp ? 200 : 503, ready.status(), body);
      assertEquals(6, body.split("\"status\":", -1).length - 1, body);
      assertTrue(body.endsWith("]}\n"), body);
      assertEquals(saysUp, !body.contains("\"cause\":"), body);
    }
    return 100;
  }
}
