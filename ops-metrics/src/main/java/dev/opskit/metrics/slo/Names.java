package dev.opskit.metrics.slo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How names and numbers are written in the artefacts. */
final class Names {
  private Names() {}

  /** {@code orders_processed} as {@code OrdersProcessed}. */
  static String camel(String snake) {
    return Arrays.stream(snake.split("[_-]"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /** In the largest unit that needs no fraction, fit for a name. */
  static String duration(Duration value) {
    long nanos = value.getNano();
    if (nanos != 0) {
      long seconds = value.getSeconds();
      if (nanos % 1_000_000 == 0) {
        return seconds * 1_000 + nanos / 1_000_000 + "ms";
      }
      return nanos % 1_000 == 0
          ? seconds * 1_000_000 + nanos / 1_000 + "us"
          : seconds * 1_000_000_000 + nanos + "ns";
    }
    long seconds = value.getSeconds();
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  static BigDecimal seconds(Duration value) {
    return BigDecimal.valueOf(value.getSeconds())
        .add(BigDecimal.valueOf(value.getNano(), 9))
        .stripTrailingZeros();
  }

  /** As the exposition writes the bound of a bucket. */
  static String le(Duration bound) {
    return Double.toString(seconds(bound).doubleValue());
  }
}
