package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  private static final String NAME = "payment_amount_dollars";

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final Page page = new Page(metrics);

  @AfterEach
  void close() {
    metrics.close();
  }

  private Amount.Builder payments() {
    return payments(NAME);
  }

  private Amount.Builder payments(String name) {
    return metrics.amount(name, "Payment amounts in dollars.");
  }

  @Test
  void aMillionDimesAreAHundredThousandDollars() {
    Amount payments = payments().register();
    BigDecimal dime = new BigDecimal("0.10");
    for (int i = 0; i < 1_000_000; i++) {
      payments.record(dime);
    }
    assertEquals(new BigDecimal("100000.00"), payments.total());
    assertEquals(100_000.0, page.value(NAME + "_exact_total"));
    assertEquals(1_000_000, page.value(NAME + "_count"));
    assertNotEquals(100_000.0, page.value(NAME + "_sum"), "or there would be no need of this");
    assertEquals(100_000.0, page.value(NAME + "_sum"), 1e-4);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0.01, 1", "0.99, 1", "1, 1", "1.00, 1", "1.01, 5", "5.00, 5", "5.01, +Inf"})
  void anAmountIsInTheFirstBucketThatIsNotSmaller(BigDecimal amount, String bucket) {
    Amount payments = payments().buckets(1, 5).register();
    payments.record(amount);
    List<String> filled =
        page.series(NAME + "_bucket").filter(line -> line.endsWith(" 1")).toList();
    String le = bucket.equals("+Inf") ? bucket : bucket + ".0";
    assertTrue(filled.get(0).contains("le=\"" + le + "\""), filled.toString());
  }

  @Test
  void whatNobodyHoldsAnyMoreStillCounts() {
    payments().register().record(new BigDecimal("129.90"));
    payments("refunds").register().record(new BigDecimal("-1"));
    System.gc();
    assertEquals(129.9, page.value(NAME + "_exact_total"));
    assertEquals(1, page.value("ops_metrics_rejected_total{metric=\"refunds\"}"));
  }

  @Test
  void everyAmountIsAddedUpAsBigDecimalWould() {
    Random random = new Random(7);
    for (int decimals = 0; decimals <= 6; decimals++) {
      Amount amounts = metrics.amount("a" + decimals, "Random.").decimals(decimals).register();
      BigDecimal expected = BigDecimal.ZERO;
      for (int i = 0; i < 20_000; i++) {
        int digits = 1 + random.nextInt(15 - decimals);
        long unscaled = Math.abs(random.nextLong()) % (long) Math.pow(10, digits);
        BigDecimal amount = BigDecimal.valueOf(unscaled, random.nextInt(9));
        amounts.record(amount);
        expected = expected.add(amount.setScale(decimals, RoundingMode.HALF_EVEN));
      }
      assertEquals(expected, amounts.total());
      assertEquals(expected.doubleValue(), page.value("a" + decimals + "_exact_total"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.005, 0.00",
    "0.015, 0.02",
    "1E+3, 1000.00",
    "1E+12, 1000000000000.00",
    "9999999999999.99, 9999999999999.99",
    "1E-2000000000, 0.00",
    "0E-2000000000, 0.00",
    "0E+2000000000, 0.00"
  })
  void oddFormsAreTaken(BigDecimal amount, BigDecimal total) {
    Amount payments = payments().register();
    payments.record(amount);
    assertEquals(total, payments.total());
    assertEquals(1, page.value(NAME + "_count"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0.01", "-5", "-1E+2000000000", "1E+13", "1E+2000000000", "12345678901234"})
  void whatIsOutOfRangeIsCountedAndThrowsNothing(BigDecimal amount) {
    Amount payments = payments().register();
    payments.record(amount);
    payments.record(null);
    assertEquals(new BigDecimal("0.00"), payments.total());
    assertEquals(0, page.value(NAME + "_count"));
    assertEquals(2, page.value("ops_metrics_rejected_total{metric=\"" + NAME + "\"}"));
  }

  @Test
  void recordingAllocatesNothing() {
    Amount payments = payments().register();
    List<BigDecimal> amounts = new ArrayList<>();
    for (String text : List.of("0", "0.05", "129.9", "129.90", "9999999999999.99", "7")) {
      amounts.add(new BigDecimal(text));
    }
    assertEquals(
        0,
        Garbage.bytesPerCall(
            () -> {
              for (int i = 0; i < amounts.size(); i++) {
                payments.record(amounts.get(i));
              }
            }));
  }

  @Test
  void badDeclarationsAreRefused() {
    payments().register();
    refused("exists already", payments());
    refused("must be above 0 and ascend", metrics.amount("a", "A.").buckets(5, 5));
    refused("must be above 0 and ascend", metrics.amount("a", "A.").buckets(0));
    refused("must be 0 to 6", metrics.amount("a", "A.").decimals(7));
    assertThrows(IllegalArgumentException.class, () -> metrics.amount("a_total", "A."));
    assertThrows(IllegalArgumentException.class, () -> metrics.amount("Dollars", "A."));
    assertThrows(IllegalArgumentException.class, () -> metrics.amount("a", " "));
    metrics.amount("a", "A.").register();
  }

  private static void refused(String message, Amount.Builder amount) {
    var refused = assertThrows(IllegalArgumentException.class, amount::register);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
