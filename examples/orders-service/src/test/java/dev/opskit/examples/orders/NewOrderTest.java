package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewOrderTest {
  private static final BigDecimal FINE = new BigDecimal("9.90");

  @ParameterizedTest
  @CsvSource({
    "teapot, 1, 0.01",
    "teapot, 1000, 100000.00",
    "teapot, 1, 1e5",
    "teapot, 1, 7.5000",
    "Teekännchen 茶壺 🫖, 2, 30"
  })
  void whatCanBeDeliveredHasNoProblems(String item, int quantity, BigDecimal amount) {
    assertEquals(List.of(), new NewOrder(item, quantity, amount).problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "tea\0pot", "tea\npot", "tea\u007fpot", "tea\ud83epot"})
  void anItemIsText(String item) {
    assertProblem("item", new NewOrder(item, 1, FINE));
  }

  @Test
  void anItemHasOneToAHundredCharacters() {
    assertProblem("item", new NewOrder(null, 1, FINE));
    assertProblem("item", new NewOrder("x".repeat(101), 1, FINE));
    assertEquals(List.of(), new NewOrder("x".repeat(100), 1, FINE).problems());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
  void aQuantityIsOneToAThousand(int quantity) {
    assertProblem("quantity", new NewOrder("teapot", quantity, FINE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0.00", "-1", "0.001", "9.999", "100000.01", "1e999999999", "1e-999999999"})
  void anAmountIsAPayableSum(BigDecimal amount) {
    assertProblem("amount", new NewOrder("teapot", 1, amount));
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertEquals(3, new NewOrder(null, 0, null).problems().size());
  }

  private static void assertProblem(String field, NewOrder order) {
    List<String> problems = order.problems();
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).startsWith(field + ": "), problems.toString());
  }
}
