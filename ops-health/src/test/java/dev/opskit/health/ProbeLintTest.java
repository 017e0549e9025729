package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthResult;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ProbeLintTest {
  private static final KubernetesProbe READINESS =
      KubernetesProbe.every(Duration.ofSeconds(5), Duration.ofSeconds(3), 3);
  private static final KubernetesProbe LIVENESS =
      KubernetesProbe.every(Duration.ofSeconds(10), Duration.ofSeconds(5), 3);
  private static final KubernetesProbe STARTUP =
      KubernetesProbe.every(Duration.ofSeconds(2), Duration.ofSeconds(1), 30);

  private static Health health(UnaryOperator<CheckOptions> options) {
    return Health.builder().check("db", context -> HealthResult.up(), options).build();
  }

  private static ProbeLint lint(Health health) {
    return ProbeLint.of(health)
        .liveness(LIVENESS)
        .readiness(READINESS)
        .startup(STARTUP)
        .stopping(Duration.ofSeconds(30), Duration.ofSeconds(15));
  }

  private static void assertFinding(String part, ProbeLint lint) {
    List<String> findings = lint.findings();
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(findings.get(0).contains(part), findings.get(0));
  }

  @Test
  void numbersThatFitAreNotComplainedOf() {
    assertEquals(List.of(), lint(health(o -> o)).findings());
  }

  @Test
  void eachContradictionIsNamed() {
    Health health = health(o -> o);
    Duration second = Duration.ofSeconds(1);
    assertFinding(
        "timeout of PT6S, longer than its period of PT5S",
        lint(health)
            .readiness(KubernetesProbe.every(second.multipliedBy(5), second.multipliedBy(6), 2)));
    assertFinding(
        "give liveness more patience",
        lint(health).liveness(KubernetesProbe.every(second, second, 3)));
    assertFinding(
        "the drain gives the load balancer PT14S",
        lint(health).stopping(Duration.ofSeconds(60), Duration.ofSeconds(14)));
    assertFinding(
        "the kill comes first",
        lint(health).stopping(Duration.ofSeconds(29), Duration.ofSeconds(15)));
    assertFinding(
        "a slow start is restarted", ProbeLint.of(health).liveness(LIVENESS).readiness(READINESS));
    assertFinding(
        "the on-demand check 'db' may take PT4S",
        lint(health(o -> o.onDemand().timeout(Duration.ofSeconds(4)))));
  }

  @Test
  void theBoundIsThatOfTheSlowestCriticalCheck() {
    Health health =
        Health.builder()
            .check("fast", c -> HealthResult.up(), o -> o.interval(Duration.ofSeconds(2)))
            .check("slow", c -> HealthResult.up(), o -> o.failureThreshold(3))
            .check(
                "shared",
                c -> HealthResult.up(),
                o -> o.interval(Duration.ofSeconds(25)).scope(DependencyScope.SHARED))
            .build();
    DetectionBound bound = DetectionBound.of(health, READINESS);
    // 10 s interval, 2 s timeout, two more failures of 1 s and 2 s each, two ticks each time.
    assertEquals(Duration.ofMillis(18_300), bound.reported());
    assertEquals(Duration.ofMillis(36_300), bound.evicted());
  }

  @Test
  void aProbeThatKubernetesWouldRefuseIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> KubernetesProbe.every(Duration.ofMillis(500), Duration.ofSeconds(1), 3))
            .getMessage();
    assertEquals("period is PT0.5S, must be at least PT1S", message);
  }
}
