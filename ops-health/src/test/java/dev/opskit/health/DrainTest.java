package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainTest {
  private static final RequestInfo REQUEST =
      new RequestInfo("GET", "/orders", null, CorrelationContext.create());
  private static final RequestOutcome OUTCOME =
      new RequestOutcome("/orders", 200, Duration.ZERO, 0, null);

  private final ManualTimeSource time = new ManualTimeSource();
  private final Health health = Health.builder().time(time).build();
  private final Drain drain = health.drain();
  private final RequestObserver requests = drain.requests();

  @AfterEach
  void close() {
    health.close();
  }

  private CompletableFuture<Boolean> drained() {
    CompletableFuture<Boolean> drained =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return drain.await(Duration.ofSeconds(10), Duration.ofSeconds(20));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    while (!drain.hasBegun()) {
      Thread.onSpinWait();
    }
    return drained;
  }

  /** Gives the drain the time to take the last step, and shows that it has not ended. */
  private static void assertWaits(CompletableFuture<Boolean> drained) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50);
    assertFalse(drained.isDone());
  }

  @Test
  void readinessSaysNoAtOnceAndLivenessStillYes() throws Exception {
    CompletableFuture<Boolean> drained = drained();
    while (HealthEndpoints.of(health).handle(OpsRequest.get("/ready")).status() != 503) {
      Thread.onSpinWait();
    }
    assertEquals(200, HealthEndpoints.of(health).handle(OpsRequest.get("/health")).status());
    drain.now();
    drained.get();
  }

  @Test
  void theBalancerGetsItsTimeAlsoWithoutRequests() throws Exception {
    CompletableFuture<Boolean> drained = drained();
    time.advance(Duration.ofMillis(9_999));
    assertWaits(drained);
    time.advance(Duration.ofMillis(1));
    assertTrue(drained.get());
  }

  @Test
  void requestsAreWaitedForUpToTheLimit() throws Exception {
    requests.started(REQUEST);
    CompletableFuture<Boolean> drained = drained();
    time.advance(Duration.ofSeconds(29));
    assertWaits(drained);
    assertEquals(1, drain.inFlight());
    time.advance(Duration.ofSeconds(1));
    assertFalse(drained.get());
  }

  @Test
  void theLastRequestEndsTheWait() throws Exception {
    requests.started(REQUEST);
    CompletableFuture<Boolean> drained = drained();
    time.advance(Duration.ofSeconds(12));
    assertWaits(drained);
    requests.finished(REQUEST, OUTCOME);
    assertTrue(drained.get());
  }

  @Test
  void nowMeansNow() throws Exception {
    requests.started(REQUEST);
    CompletableFuture<Boolean> drained = drained();
    assertWaits(drained);
    drain.now();
    assertFalse(drained.get());
  }

  @Test
  void aNegativeDurationIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> drain.await(Duration.ofSeconds(-1), Duration.ZERO))
            .getMessage();
    assertEquals("balancer is PT-1S, must be 0 or more", message);
    assertFalse(drain.hasBegun());
  }
}
