package dev.opskit.verification.integration.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class TerminationIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int BY_SIGTERM = 128 + 15;
  private static final int BY_SIGINT = 128 + 2;

  private Path stopped;

  @BeforeEach
  void folder(@TempDir Path folder) {
    stopped = folder.resolve("stopped");
  }

  private JvmProcess start(Duration balancer) throws Exception {
    JvmProcess service =
        JvmProcess.start(DrainedService.class, balancer.toString(), stopped.toString());
    assertEquals(200, Probers.status(service.opsPort(), "/ready"));
    assertEquals(200, Probers.status(service.servicePort(), "/quick"));
    return service;
  }

  private static Duration awaitNotReady(JvmProcess service) throws Exception {
    return Await.until(
        LIMIT, () -> "still ready", () -> Probers.status(service.opsPort(), "/ready") == 503);
  }

  @Test
  void uponSigtermItIsNotReadyAtOnceAndServesUntilTheBalancerHasNoticed() throws Exception {
    Duration balancer = Duration.ofSeconds(5);
    try (JvmProcess service = start(balancer)) {
      long start = System.nanoTime();
      service.signal("TERM");
      Duration notReady = awaitNotReady(service);
      int served = 0;
      while (System.nanoTime() - start < balancer.minusMillis(500).toNanos()) {
        assertEquals(503, Probers.status(service.opsPort(), "/ready"));
        assertEquals(200, Probers.status(service.opsPort(), "/health"));
        assertEquals(200, Probers.status(service.servicePort(), "/quick"));
        served++;
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      }
      assertFalse(Files.exists(stopped), "nothing is stopped before the end of the drain");
      assertEquals(BY_SIGTERM, service.awaitEnd(LIMIT));
      assertTrue(Files.exists(stopped));
      Duration ended = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(ended.compareTo(balancer) >= 0, "ended after " + ended);
      System.out.printf(
          "not ready %s after SIGTERM, %d requests served, ended after %s%n",
          notReady, served, ended);
    }
  }

  @Test
  void aRequestThatIsBeingHandledComesToItsEnd() throws Exception {
    try (JvmProcess service = start(Duration.ZERO)) {
      CompletableFuture<Integer> slow =
          CompletableFuture.supplyAsync(() -> Probers.status(service.servicePort(), "/slow"));
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      service.signal("TERM");
      awaitNotReady(service);
      assertFalse(slow.isDone());
      assertEquals(200, slow.get());
      assertEquals(BY_SIGTERM, service.awaitEnd(LIMIT));
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, TERM", "INT, INT", "TERM, INT", "INT, TERM"})
  void aSecondSignalEndsItAtOnce(String first, String second) throws Exception {
    try (JvmProcess service = start(Duration.ofMinutes(5))) {
      service.signal(first);
      awaitNotReady(service);
      assertTrue(service.isAlive());
      assertFalse(Files.exists(stopped));
      service.signal(second);
      int exit = service.awaitEnd(LIMIT);
      assertEquals(first.equals("TERM") ? BY_SIGTERM : BY_SIGINT, exit);
      assertTrue(Files.exists(stopped), "what is to be stopped is, all the same");
    }
  }
}
