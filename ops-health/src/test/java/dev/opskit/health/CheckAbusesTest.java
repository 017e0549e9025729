package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.OpsRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that do what no check should, to the engine or to their thread. */
@Timeout(30)
class CheckAbusesTest {

  private static HealthResult await(Health health, HealthStatus status) throws Exception {
    HealthResult result = health.report().checks().get(0).result();
    while (result.status() != status) {
      TimeUnit.MILLISECONDS.sleep(2);
      result = health.report().checks().get(0).result();
    }
    return result;
  }

  @Test
  void aCheckMayAskTheEngineThatRunsIt() throws Exception {
    AtomicReference<Health> self = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    HealthCheck asks =
        context -> {
          started.await();
          Health health = self.get();
          health.report();
          health.history("asks");
          HealthEndpoints.of(health).handle(OpsRequest.get("/ready"));
          return health.report(Probe.READINESS).checks().size() == 1
              ? HealthResult.up()
              : HealthResult.down(HealthCause.FAILED, "not itself");
        };
    try (Health health = Health.builder().check("asks", asks).start()) {
      self.set(health);
      started.countDown();
      await(health, HealthStatus.UP);
    }
  }

  @Test
  void anOnDemandCheckThatAsksForItselfIsATimeoutAndNoDeadlock() throws Exception {
    AtomicReference<Health> self = new AtomicReference<>();
    HealthCheck asks =
        context -> {
          self.get().report(Probe.READINESS);
          return HealthResult.up();
        };
    try (Health health =
        Health.builder()
            .check("asks", asks, o -> o.onDemand().timeout(Duration.ofMillis(100)))
            .start()) {
      self.set(health);
      HealthReport report = health.report(Probe.READINESS);
      assertEquals(HealthCause.TIMEOUT, report.checks().get(0).result().cause());
      assertFalse(report.available());
    }
  }

  @Test
  void aCheckThatInterruptsItselfHarmsNoOtherRun() throws Exception {
    AtomicBoolean inherited = new AtomicBoolean();
    CountDownLatch runs = new CountDownLatch(50);
    HealthCheck interrupts =
        context -> {
          inherited.compareAndSet(false, Thread.currentThread().isInterrupted());
          Thread.currentThread().interrupt();
          runs.countDown();
          return HealthResult.down(HealthCause.FAILED, "runs often");
        };
    try (Health health =
        Health.builder()
            .check("one", interrupts, o -> o.intervalWhileDown(Duration.ofMillis(10)))
            .start()) {
      runs.await();
      assertFalse(inherited.get());
      assertEquals(HealthCause.FAILED, await(health, HealthStatus.DOWN).cause());
    }
  }

  @Test
  void aCheckThatWasInterruptedByItselfIsDownAndNotATimeout() throws Exception {
    HealthCheck interrupts =
        context -> {
          Thread.currentThread().interrupt();
          TimeUnit.SECONDS.sleep(60);
          return HealthResult.up();
        };
    try (Health health = Health.builder().check("one", interrupts).start()) {
      assertEquals(HealthCause.FAILED, await(health, HealthStatus.DOWN).cause());
    }
  }

  @Test
  void hugeDetailsAreCutWhereverTheyStand() throws Exception {
    String huge = "x".repeat(1_000_000);
    HealthCheck verbose =
        context -> {
          HealthResult result = HealthResult.down(HealthCause.FAILED, huge);
          List<String> names = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            names.add(i + huge);
          }
          for (String name : names) {
            result = new HealthResult(result.status(), result.cause(), huge, with(result, name));
          }
          return result;
        };
    try (Health health =
        Health.builder()
            .check("verbose", verbose, o -> o.timeout(Duration.ofSeconds(10)))
            .start()) {
      await(health, HealthStatus.DOWN);
      health.tick();
      String body = body(health);
      assertTrue(body.length() < 150_000, body.length() + " characters");
      assertTrue(body.contains("\"status\":\"DOWN\""));
    }
  }

  private static java.util.Map<String, Object> with(HealthResult result, String name) {
    return result.with(name, name).details();
  }

  @Test
  void notANumberAndControlCharactersLeaveTheAnswerValid() throws Exception {
    HealthCheck odd =
        context ->
            HealthResult.down(HealthCause.FAILED, "line\nbreak \"quoted\" \u0000 \uD800")
                .with("load\t\"1\"", Double.NaN)
                .with("ratio", Float.NEGATIVE_INFINITY);
    try (Health health = Health.builder().check("odd \"one\"\n", odd).start()) {
      await(health, HealthStatus.DOWN);
      health.tick();
      String body = body(health);
      assertTrue(body.contains("\"name\":\"odd \\\"one\\\"\\n\""), body);
      assertTrue(body.contains("\"load\\t\\\"1\\\"\":null,\"ratio\":null"), body);
      assertTrue(body.contains("\"line\\nbreak \\\"quoted\\\" \\u0000 \uFFFD\""), body);
    }
  }

  private static String body(Health health) {
    return new String(
        HealthEndpoints.of(health, request -> true).handle(OpsRequest.get("/ready")).body(),
        StandardCharsets.UTF_8);
  }
}
