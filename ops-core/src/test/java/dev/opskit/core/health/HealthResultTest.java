package dev.opskit.core.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthResultTest {

  @Test
  void theWorstOfTwoStatesIsTheMoreSevere() {
    List<HealthStatus> bySeverity =
        List.of(HealthStatus.UP, HealthStatus.DEGRADED, HealthStatus.UNKNOWN, HealthStatus.DOWN);
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 4; b++) {
        assertEquals(bySeverity.get(Math.max(a, b)), bySeverity.get(a).worst(bySeverity.get(b)));
      }
    }
  }

  @Test
  void detailsAreAddedToACopyInTheirOrder() {
    HealthResult up = HealthResult.up();
    HealthResult more = up.with("free", 3L).with("path", "/data").with("full", false);
    assertEquals(Map.of(), up.details());
    assertEquals("{free=3, path=/data, full=false}", more.details().toString());
    assertThrows(UnsupportedOperationException.class, () -> more.details().put("x", 1));
  }

  @Test
  void aDetailIsAScalar() {
    for (Object bad : new Object[] {List.of(), new StringBuilder(), 'c'}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> HealthResult.up().with("detail", bad))
              .getMessage();
      assertTrue(message.contains("'detail' is a " + bad.getClass().getName()), message);
    }
    assertThrows(IllegalArgumentException.class, () -> HealthResult.up().with("detail", null));
  }

  @Test
  void aCheckIsPrivateAndLeftUninterruptedUnlessItSaysOtherwise() {
    HealthCheck check = context -> HealthResult.up();
    assertEquals(DependencyScope.PRIVATE, check.scope());
    assertEquals(false, check.interruptible());
  }
}
