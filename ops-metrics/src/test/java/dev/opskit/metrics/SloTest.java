package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SloTest {
  @ParameterizedTest
  @ValueSource(strings = {"0", "100", "-1", "100.1", "", "99,9", "99.9%", "NaN"})
  void aPercentageThatIsNoneIsRefused(String percent) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Slo.success(percent));
    assertTrue(refused.getMessage().contains("'" + percent + "'"), refused.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> Slo.latency(percent, Duration.ofMillis(500)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void aBoundMustBeAboveZero(Duration bound) {
    assertThrows(IllegalArgumentException.class, () -> Slo.latency("99", bound));
    assertThrows(IllegalArgumentException.class, () -> Slo.freshness(bound));
  }

  @Test
  void whatWasDeclaredCanBeReadAgain() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build()) {
      Slo success = Slo.success("99.90");
      metrics
          .operation("orders_processed", "Orders handled.")
          .outcomes("ok", "rejected", "failed")
          .slo(success, Slo.latency("99", Duration.ofMillis(500)))
          .register();
      OperationSpec spec = metrics.operations().get(0);
      assertEquals(1, metrics.operations().size());
      assertEquals("orders_processed_total", spec.counter());
      assertEquals("orders_processed_duration_seconds", spec.histogram());
      assertEquals(List.of("ok", "rejected", "failed"), spec.outcomes());
      assertEquals(List.of("failed"), spec.bad());
      assertEquals(new Slo.Success(new BigDecimal("99.9")), spec.slos().get(0));
    }
  }

  @Test
  void aLatencyBoundThatIsNoBucketIsRefused() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build()) {
      Operation.Builder orders =
          metrics
              .operation("orders_processed", "Orders handled.")
              .slo(Slo.latency("99", Duration.ofMillis(300)));
      var refused = assertThrows(IllegalArgumentException.class, orders::register);
      assertTrue(refused.getMessage().contains("PT0.3S is none of the buckets [PT0.1S"));
      assertEquals(List.of(), metrics.operations());
    }
  }
}
