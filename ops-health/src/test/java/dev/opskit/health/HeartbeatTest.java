package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeartbeatTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final Health health = Health.builder().time(time).build();
  private final Heartbeat consumer = health.heartbeat("consumer", Duration.ofSeconds(30));

  @AfterEach
  void close() {
    health.close();
  }

  private HealthReport after(Duration silence, HealthStatus wanted) throws InterruptedException {
    time.advance(silence);
    while (health.report().checks().get(0).result().status() != wanted) {
      health.tick();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return health.report(Probe.LIVENESS);
  }

  @Test
  void aLoopThatIsSilentForTooLongMakesTheProcessOneToRestart() throws Exception {
    after(Duration.ofSeconds(30), HealthStatus.UP);
    HealthReport silent = after(Duration.ofSeconds(2), HealthStatus.DOWN);
    assertEquals(HealthCause.OVERDUE, silent.checks().get(0).result().cause());
    assertFalse(silent.available());
    consumer.beat();
    after(Duration.ofSeconds(1), HealthStatus.UP);
    health.tick();
    assertEquals(
        List.of(HealthStatus.UP, HealthStatus.DOWN, HealthStatus.UP),
        health.history("consumer").stream().map(HealthEvent.Transition::to).toList());
  }

  @Test
  void aNameThatIsTakenAndASilenceThatIsTooShortAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> health.heartbeat("consumer", Duration.ofSeconds(30)));
    assertThrows(
        IllegalArgumentException.class, () -> health.heartbeat("other", Duration.ofMillis(999)));
  }
}
