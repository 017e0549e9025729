package dev.opskit.verification.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.opskit.verification.benchmarks.ProbeLoad.WhileHung;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProbeLoadTest {
  private static final Duration SOON = Duration.ofMillis(300);

  private final AtomicInteger answers = new AtomicInteger();
  private final ProbeLoad load =
      new ProbeLoad(2, Duration.ZERO, SOON, Duration.ofSeconds(5), Duration.ofSeconds(15));

  /** Counts, and says no from the given answer on. */
  private HealthPeer says(int firstNo) {
    return new HealthPeer() {
      @Override
      public byte[] probe() {
        return new byte[] {'x'};
      }

      @Override
      public void answer(HttpExchange exchange) throws IOException {
        int status = answers.incrementAndGet() < firstNo ? 200 : 503;
        HealthPeer.send(exchange, status, probe());
      }

      @Override
      public void close() {}
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsCountedIsWhatWasAnswered(boolean keepsConnections) throws Exception {
    double counted =
        load.perSecond(checks -> says(Integer.MAX_VALUE), List.of(), keepsConnections) * 0.3;
    // One answer is awaited beforehand, and of each client one may come after the end.
    assertTrue(counted > 0, () -> "counted " + counted);
    assertEquals(answers.get(), counted, 3.5);
  }

  @Test
  void aPeerThatSaysNoUnderLoadIsNotMeasured() {
    assertThrows(
        ExecutionException.class, () -> load.perSecond(checks -> says(10), List.of(), true));
  }

  @Test
  void theFirstNoEndsTheWaitForIt() throws Exception {
    WhileHung hung = load.whileHung(checks -> says(5), 10);
    assertNotNull(hung.longest());
    assertNotNull(hung.untilNotReady());
    assertEquals(5, answers.get());
  }

  @Test
  void noAnswerWithinTheLimitIsSaidAsSuch() throws Exception {
    ProbeLoad impatient = new ProbeLoad(2, SOON, SOON, SOON, Duration.ofSeconds(15));
    for (HealthPeer.Factory peer :
        List.<HealthPeer.Factory>of(SpringPeer::with, SmallRyePeer::with)) {
      WhileHung hung = impatient.whileHung(peer, 10);
      assertNull(hung.longest());
      assertNull(hung.untilNotReady());
    }
  }

  @Test
  void aHungCheckIsNoticedWhileEveryProbeIsAnswered() throws Exception {
    WhileHung hung = load.whileHung(OpskitPeer::inBackground, 10);
    assertNotNull(hung.longest());
    assertNotNull(hung.untilNotReady(), "within the interval of 10 s and the timeout of 2 s");
  }
}
