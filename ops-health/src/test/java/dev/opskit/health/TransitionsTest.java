package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransitionsTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final AtomicBoolean works = new AtomicBoolean(true);
  private final Health health =
      Health.builder()
          .time(time)
          .check(
              "db",
              c ->
                  works.get()
                      ? HealthResult.up()
                      : HealthResult.down(HealthCause.REFUSED, "nobody there"))
          .build();
  private final BlockingQueue<HealthEvent> events = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    health.close();
  }

  private void turn(boolean up) throws InterruptedException {
    works.set(up);
    time.advance(Duration.ofSeconds(10));
    while (health.report().checks().get(0).result().status()
        != (up ? HealthStatus.UP : HealthStatus.DOWN)) {
      health.tick();
      TimeUnit.MILLISECONDS.sleep(1);
    }
    health.tick();
  }

  @Test
  void eachChangeIsToldOnceInOrderAndAListenerThatThrowsHarmsNobody() throws Exception {
    health.onEvent(
        event -> {
          throw new IllegalStateException("bad listener");
        });
    health.onEvent(events::add);
    turn(true);
    turn(true);
    turn(false);
    turn(false);
    turn(true);
    for (HealthStatus to : List.of(HealthStatus.UP, HealthStatus.DOWN, HealthStatus.UP)) {
      HealthEvent.Transition transition = (HealthEvent.Transition) events.take();
      assertEquals("db", transition.check());
      assertEquals(to, transition.to());
    }
    assertTrue(events.isEmpty(), events::toString);
  }

  @Test
  void theLast64AreKept() throws Exception {
    for (int i = 0; i < 35; i++) {
      turn(true);
      turn(false);
    }
    List<HealthEvent.Transition> history = health.history("db");
    assertEquals(64, history.size());
    assertEquals(HealthStatus.DOWN, history.get(63).to());
    assertEquals(HealthCause.REFUSED, history.get(63).result().cause());
    assertEquals(
        history.get(63).at(), health.report().checks().get(0).since(), "since the last change");
  }
}
