package dev.opskit.metrics.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BurnRateTest {
  @Test
  void thresholdsAreExactDecimals() {
    assertEquals(List.of("0.0144", "0.006", "0.003", "0.001"), thresholds("0.001"));
    assertEquals(List.of("0.00144", "0.0006", "0.0003", "0.0001"), thresholds("0.0001"));
    assertEquals(List.of("0.144", "0.06", "0.03", "0.01"), thresholds("0.01"));
  }

  @Test
  void aTotalOutageExceedsEveryThresholdHoweverGenerousTheBudget() {
    assertEquals(List.of("0.9", "0.9", "0.6", "0.2"), thresholds("0.2"));
    IntStream.range(1, 1_000)
        .mapToObj(i -> BigDecimal.valueOf(i, 3))
        .forEach(
            budget -> {
              BigDecimal last = BigDecimal.ONE;
              for (BurnRate rate : BurnRate.values()) {
                BigDecimal threshold = rate.threshold(budget);
                assertTrue(threshold.compareTo(BigDecimal.ONE) < 0, rate + " of " + budget);
                assertTrue(threshold.compareTo(budget) >= 0, rate + " of " + budget);
                assertTrue(threshold.compareTo(last) <= 0, rate + " of " + budget);
                last = threshold;
              }
            });
  }

  private static List<String> thresholds(String budget) {
    return Arrays.stream(BurnRate.values())
        .map(rate -> Expr.number(rate.threshold(new BigDecimal(budget))).text())
        .toList();
  }
}
