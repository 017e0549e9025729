package dev.opskit.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal amounts as a number of their smallest unit: 9.99 with two decimals is 999. */
final class SmallestUnits {
  static final long NONE = -1;

  /** Below it a double holds an amount so closely that rounding finds the very number of units. */
  private static final int DIGITS = 15;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  private SmallestUnits() {}

  static double perWhole(int decimals) {
    return POWERS[decimals];
  }

  /** {@link #NONE} if the amount is negative or has more digits than can be exact. */
  static long of(BigDecimal amount, int decimals) {
    if (amount.signum() < 0) {
      return NONE;
    }
    int scale = amount.scale();
    // As a long, because both may be near the ends of an int.
    if ((long) amount.precision() - scale + decimals > DIGITS && amount.signum() != 0) {
      return NONE;
    }
    if (scale >= 0 && scale <= decimals) {
      // No other way from a BigDecimal to a number is free of garbage.
      return Math.round(amount.doubleValue() * POWERS[decimals]);
    }
    if (amount.signum() == 0 || scale > decimals && tiny(amount, scale, decimals)) {
      return 0;
    }
    return amount.setScale(decimals, RoundingMode.HALF_EVEN).unscaledValue().longValue();
  }

  /** Less than a tenth of a unit; to write such a number out could take gigabytes. */
  private static boolean tiny(BigDecimal amount, int scale, int decimals) {
    return (long) amount.precision() - scale < -decimals;
  }
}
