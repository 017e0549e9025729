package dev.opskit.metrics.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.health.Health;
import dev.opskit.metrics.OpsMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class HealthMetricsTest {
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();

  private String page() {
    return new String(
        metrics.endpoints().handle(OpsRequest.get("/metrics")).body(), StandardCharsets.UTF_8);
  }

  private void await(String line) throws InterruptedException {
    while (!page().contains(line + "\n")) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** How often is up to the machine: a busy one may time out a check in between. */
  private void awaitTransition(String to) throws InterruptedException {
    Pattern counted =
        Pattern.compile("health_check_transitions_total\\{check=\"db\",to=\"" + to + "\"} [1-9]");
    while (!counted.matcher(page()).find()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Test
  void statusAgeAndTransitionsAreExportedAndAScrapeRunsNoCheck() throws Exception {
    AtomicBoolean works = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    try (Health health =
            Health.builder()
                .check(
                    "db",
                    c ->
                        works.get()
                            ? HealthResult.up()
                            : HealthResult.down(HealthCause.REFUSED, "no"),
                    o ->
                        o.interval(Duration.ofSeconds(1))
                            .intervalWhileDown(Duration.ofMillis(50))
                            .timeout(Duration.ofSeconds(1)))
                .check(
                    "asked",
                    c -> {
                      asked.incrementAndGet();
                      return HealthResult.up();
                    },
                    o -> o.onDemand().critical(false))
                .start();
        HealthMetrics bound = HealthMetrics.bind(health, metrics)) {
      awaitTransition("up");
      await("health_check_up{check=\"db\"} 1.0");
      await("health_ready 1.0");
      works.set(false);
      awaitTransition("down");
      await("health_check_up{check=\"db\"} 0.0");
      await("health_check_status{check=\"db\",status=\"down\"} 1.0");
      await("health_check_status{check=\"db\",status=\"up\"} 0.0");
      await("health_ready 0.0");
      String page = page();
      assertTrue(
          Pattern.compile("health_check_age_seconds\\{check=\"db\"} \\d").matcher(page).find(),
          page);
      assertEquals(0, asked.get());
      health.heartbeat("consumer", Duration.ofSeconds(30));
      await("health_check_up{check=\"consumer\"} 1.0");
    }
  }
}
