package dev.opskit.verification.benchmarks.secrets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SecretsFleetTest {
  /** A look in 36 to 48 minutes, and one in 15 s for the ten minutes around a rotation. */
  private static final int MOST_CALLS = 1_000 * 20 * (24 * 60 / 36 + 10 * 60 / 11 + 2);

  @Test
  void aDayOfRotationsCostsFewCallsAndEachIsReadWithinSeconds() {
    SecretsFleet.Day day = new SecretsFleet(1, System.out).opskit(Duration.ofHours(1));
    assertTrue(day.calls() <= MOST_CALLS, day::toString);
    assertTrue(day.pickUp().compareTo(Duration.ofSeconds(16)) <= 0, day::toString);
  }
}
