package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthAlertsTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private final AlertSink sink =
      new AlertSink() {
        @Override
        public void raise(Alert alert) {
          told.add(alert);
        }

        @Override
        public void resolve(Alert.Key key) {
          told.add(key);
        }
      };
  private volatile HealthResult result = HealthResult.up();

  private void turn(Health health, HealthResult to) throws InterruptedException {
    result = to;
    time.advance(Duration.ofSeconds(10));
    while (!health.report().checks().get(0).result().equals(to)) {
      health.tick();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    health.tick();
  }

  @Test
  void aCheckThatIsDownIsAnAlertUntilItIsNot() throws Exception {
    Alert.Key key = new Alert.Key("HealthDown", Map.of("check", "db"));
    HealthResult down = HealthResult.down(HealthCause.REFUSED, "nobody there");
    try (Health health =
        Health.builder()
            .time(time)
            .alerts(sink)
            .check("db", c -> result, check -> check.failureThreshold(1).successThreshold(1))
            .build()) {
      turn(health, HealthResult.up());
      assertEquals(key, told.take());
      turn(health, down);
      Alert alert = (Alert) told.take();
      assertEquals(key, alert.key());
      assertEquals(Alert.Severity.CRITICAL, alert.severity());
      assertEquals("Check db is down: nobody there", alert.summary());
      turn(health, HealthResult.degraded(HealthCause.EXHAUSTED, "nearly full"));
      assertEquals(key, told.take());
      assertNull(told.poll());
    }
  }
}
