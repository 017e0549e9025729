package dev.opskit.metrics;

import java.math.BigDecimal;
import java.time.Duration;

/** The numbers of objectives, checked where they are declared. */
final class Percent {
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  private Percent() {}

  static BigDecimal parse(String slo, String text) {
    try {
      BigDecimal percent = new BigDecimal(text);
      if (percent.signum() > 0 && percent.compareTo(ALL) < 0) {
        return percent.stripTrailingZeros();
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, in the same words.
    }
    throw new IllegalArgumentException(
        "%s objective '%s' must be a percentage above 0 and below 100, like 99.9"
            .formatted(slo, text));
  }

  static Duration positive(String slo, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("%s objective: %s must be above 0".formatted(slo, value));
    }
    return value;
  }
}
