package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * How many times faster than allowed an error budget is spent, and over which windows that is
 * looked for: the table of the SRE workbook, chapter 5, for a budget of 30 days. The short window
 * ends an alert soon after its cause.
 */
enum BurnRate {
  FASTEST("14.4", Window.H1, Window.M5, Severity.PAGE),
  FAST("6", Window.H6, Window.M30, Severity.PAGE),
  SLOW("3", Window.D1, Window.H2, Severity.TICKET),
  SLOWEST("1", Window.D3, Window.H6, Severity.TICKET);

  /** Above it nothing counts as a burn but an outage of nearly everything. */
  private static final BigDecimal NEARLY_ALL = new BigDecimal("0.9");

  private final BigDecimal factor;
  private final Window longWindow;
  private final Window shortWindow;
  private final Severity severity;

  BurnRate(String factor, Window longWindow, Window shortWindow, Severity severity) {
    this.factor = new BigDecimal(factor);
    this.longWindow = longWindow;
    this.shortWindow = shortWindow;
    this.severity = severity;
  }

  static List<BurnRate> of(Severity severity) {
    return Arrays.stream(values()).filter(rate -> rate.severity == severity).toList();
  }

  BigDecimal factor() {
    return factor;
  }

  Severity severity() {
    return severity;
  }

  Window longWindow() {
    return longWindow;
  }

  Window shortWindow() {
    return shortWindow;
  }

  /**
   * The share of bad events above which this is a burn. With a generous budget, 14.4 times of it
   * would be more than everything, and a total outage would never page; so the share is cut where
   * an outage still exceeds it.
   */
  BigDecimal threshold(BigDecimal budget) {
    BigDecimal midway = budget.add(BigDecimal.ONE).divide(BigDecimal.valueOf(2)).max(NEARLY_ALL);
    return factor.multiply(budget).min(midway).stripTrailingZeros();
  }
}
