package dev.opskit.metrics.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExprTest {
  private static final Metric RUNS = Metric.named("runs_total", "outcome");

  @Test
  void aLabelThatTheMetricDoesNotHaveIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> Selector.of(RUNS).where("status", "failed"));
    assertEquals("metric runs_total has no label status, only [outcome]", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Selector.of(RUNS).matching("status", "5.."));
    assertThrows(
        IllegalArgumentException.class, () -> Selector.of(RUNS).where("status", List.of("a", "b")));
  }

  @Test
  void oneValueIsComparedAndSeveralAreAlternatives() {
    assertEquals(
        "runs_total{outcome=\"a\"}", Selector.of(RUNS).where("outcome", List.of("a")).text());
    assertEquals(
        "runs_total{outcome=~\"a|b\"}[5m]",
        Selector.of(RUNS).where("outcome", List.of("a", "b")).over(Window.M5).text());
  }

  @Test
  void aValueCannotLeaveItsQuotes() {
    assertEquals(
        "runs_total{job=\"a\\\"}\\\\\\n\"}", Selector.of(RUNS).target("job", "a\"}\\\n").text());
  }

  @Test
  void whatIsCombinedIsGroupedAndAChainIsNot() {
    Expr a = Selector.of(Metric.named("a"));
    Expr b = Selector.of(Metric.named("b"));
    Expr c = Selector.of(Metric.named("c"));
    assertEquals("a and b and c", a.and(b).and(c).text());
    assertEquals("a and (b and c)", a.and(b.and(c)).text());
    assertEquals("(a or b) and c", a.or(b).and(c).text());
    assertEquals("a - (b - c)", a.op("-", b.op("-", c)).text());
    assertEquals("a\nand b\nand c", a.and(b).and(c).lines());
    assertEquals("(a or b)\nand c", a.or(b).and(c).lines());
  }

  @Test
  void numbersAreWrittenOut() {
    assertEquals("0.0001", Expr.number(new BigDecimal("1E-4")).text());
    assertEquals("93600", Expr.number(new BigDecimal("9.36E+4")).text());
    assertEquals("0", Expr.number(new BigDecimal("0.00")).text());
  }

  @Test
  void durationsKeepTheirUnitAndBoundsAreWrittenLikeTheExposition() {
    assertEquals(
        List.of("500ms", "2s", "90s", "2m", "26h", "1500ms", "250us", "7ns"),
        List.of(
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(90),
                Duration.ofMinutes(2),
                Duration.ofHours(26),
                Duration.ofMillis(1_500),
                Duration.ofNanos(250_000),
                Duration.ofNanos(7))
            .stream()
            .map(Names::duration)
            .toList());
    assertEquals("1.0", Names.le(Duration.ofSeconds(1)));
    assertEquals("0.1", Names.le(Duration.ofMillis(100)));
    assertTrue(Names.camel("orders_processed_latency_500ms").equals("OrdersProcessedLatency500ms"));
  }
}
