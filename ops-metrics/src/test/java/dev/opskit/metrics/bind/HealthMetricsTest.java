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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
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
                        o.interval(Duration.ofMillis(50))
                            .intervalWhileDown(Duration.ofMillis(50))
                            .timeout(Duration.ofMillis(50)))
                .check(
                    "asked",
                    c -> {
                      asked.incrementAndGet();
                      return HealthResult.up();
                    },
                    o -> o.onDemand().critical(false))
                .start();
        HealthMetrics bound = HealthMetrics.bind(health, metrics)) {
      await("health_check_transitions_total{check=\"db\",to=\"up\"} 1.0");
      await("health_check_up{check=\"db\"} 1.0");
      await("health_ready 1.0");
      works.set(false);
      await("health_check_transitions_total{check=\"db\",to=\"down\"} 1.0");
      await("health_check_up{check=\"db\"} 0.0");
      await("health_check_status{check=\"db\",status=\"down\"} 1.0");
      await("health_check_status{check=\"db\",status=\"up\"} 0.0");
      await("health_ready 0.0");
      assertTrue(page().contains("health_check_age_seconds{check=\"db\"} 0."), page());
      assertEquals(0, asked.get());
      health.heartbeat("consumer", Duration.ofSeconds(30));
      await("health_check_up{check=\"consumer\"} 1.0");
    }
  }
}
