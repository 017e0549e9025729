package dev.opskit.verification.integration.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class FrozenProcessIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int WAITING = 20;

  @Test
  void whatWasUpBeforeAProcessWasFrozenIsNotUpWhenItThaws() throws Exception {
    for (int round = 0; round < 3; round++) {
      ServerSocket dependency = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      try (JvmProcess service =
          JvmProcess.start(FrozenService.class, Integer.toString(dependency.getLocalPort()))) {
        int port = service.opsPort();
        Await.until(LIMIT, () -> "never ready", () -> Probers.status(port, "/ready") == 200);
        service.signal("STOP");
        dependency.close();
        LockSupport.parkNanos(FrozenService.MAX_AGE.plusMillis(500).toNanos());
        assertSeesNoMoreUp(service);
        Await.until(
            LIMIT, () -> "liveness is unknown", () -> Probers.status(port, "/health") == 200);
      } finally {
        dependency.close();
      }
    }
  }

  /** Some probes wait already when it goes on: they are read in its first moments. */
  private static void assertSeesNoMoreUp(JvmProcess service) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WAITING);
    try {
      List<Future<Integer>> waiting = new ArrayList<>();
      for (int i = 0; i < WAITING; i++) {
        waiting.add(threads.submit(() -> Probers.status(service.opsPort(), "/ready")));
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      assertTrue(waiting.stream().noneMatch(Future::isDone), "it is not frozen");
      service.signal("CONT");
      for (Future<Integer> status : waiting) {
        assertEquals(503, status.get());
      }
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        assertEquals(503, Probers.status(service.opsPort(), "/ready"));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aProcessThatWasFrozenIsReadyAgainWhenItsDependencyStillWorks() throws Exception {
    try (ServerSocket dependency = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        JvmProcess service =
            JvmProcess.start(FrozenService.class, Integer.toString(dependency.getLocalPort()))) {
      int port = service.opsPort();
      Await.until(LIMIT, () -> "never ready", () -> Probers.status(port, "/ready") == 200);
      service.signal("STOP");
      LockSupport.parkNanos(FrozenService.MAX_AGE.plusMillis(500).toNanos());
      service.signal("CONT");
      Duration back =
          Await.until(LIMIT, () -> "not ready", () -> Probers.status(port, "/ready") == 200);
      System.out.println("ready again " + back + " after the thaw");
    }
  }
}
