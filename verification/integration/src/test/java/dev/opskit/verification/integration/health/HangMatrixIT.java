package dev.opskit.verification.integration.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.health.DetectionBound;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import dev.opskit.health.KubernetesProbe;
import dev.opskit.health.Probe;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty checks of which 0, 1, 10 and 19 hang, and 200 probers at once. {@code -Dhang.seconds=10}
 * asks for longer and then compares the latencies, which takes a machine that does nothing else.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HangMatrixIT {
  private static final int PROBERS = 200;
  private static final int SECONDS = Integer.getInteger("hang.seconds", 3);
  private static final Duration PAUSE = Duration.ofMillis(Integer.getInteger("hang.pause", 100));
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** For a machine that is shared: its scheduling comes on top of what the engine promises. */
  private static final Duration SCHEDULING = Duration.ofSeconds(SECONDS < 10 ? 5 : 1);

  private Dependencies dependencies;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    dependencies = new Dependencies(folder);
    // The first run also compiles, which none is to be compared with.
    run(0, Duration.ofSeconds(2));
  }

  @AfterAll
  void stop() throws Exception {
    dependencies.close();
  }

  @Test
  void everyProbeIsAnsweredHoweverManyChecksHang() throws Exception {
    double nothingHangs = run(0, Duration.ofSeconds(SECONDS)).millis(.999);
    for (int hanging : new int[] {1, 10, 19}) {
      double ratio = run(hanging, Duration.ofSeconds(SECONDS)).millis(.999) / nothingHangs;
      System.out.printf("%2d of 20 hang: p99.9 is %.2f of that of none%n", hanging, ratio);
      assertTrue(SECONDS < 10 || ratio <= 3, hanging + " hang: p99.9 is " + ratio + " times");
    }
  }

  private Probers.Seen run(int hanging, Duration duration) throws Exception {
    try (Health health = dependencies.checked(hanging);
        JdkOpsServer server = JdkOpsServer.builder().mount(HealthEndpoints.of(health)).start()) {
      Await.until(LIMIT, () -> "never up: " + health.report(), () -> available(health));
      Duration bound =
          DetectionBound.of(
                  health, KubernetesProbe.every(Duration.ofSeconds(1), Duration.ofSeconds(1), 1))
              .reported();
      Probers.Seen seen;
      dependencies.freeze();
      try {
        Duration detected =
            Await.until(
                LIMIT, () -> hanging + " hang: " + down(health), () -> down(health) == hanging);
        assertEquals(hanging == 0, available(health));
        assertTrue(
            detected.compareTo(bound.plus(SCHEDULING)) <= 0,
            "detected after " + detected + ", bound " + bound);
        seen = Probers.ask(server.port(), PROBERS, duration, PAUSE);
        System.out.printf("%2d of 20 hang: %s, %d threads%n", hanging, seen, threads());
        System.out.printf("%2d of 20 hang: all seen after %s%n", hanging, detected);
        assertEquals(0, seen.unanswered(), seen.example());
        assertTrue(seen.millis(1) < 5_000, seen.toString());
        Await.until(LIMIT, () -> "also down: " + health.report(), () -> down(health) == hanging);
        assertTrue(threads() <= Dependencies.CHECKS * 3 + 2, threads() + " threads");
      } finally {
        dependencies.thaw();
      }
      Duration recovered =
          Await.until(LIMIT, () -> "still down: " + health.report(), () -> down(health) == 0);
      System.out.printf("%2d of 20 hang: all up again after %s%n", hanging, recovered);
      assertTrue(
          recovered.compareTo(bound.plus(SCHEDULING)) <= 0,
          "recovered after " + recovered + ", bound " + bound);
      return seen;
    }
  }

  private static boolean available(Health health) {
    return health.report(Probe.READINESS).status() == HealthStatus.UP;
  }

  private static long down(Health health) {
    return health.report().checks().stream()
        .filter(check -> check.result().status() == HealthStatus.DOWN)
        .count();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ops-health-"))
        .count();
  }
}
