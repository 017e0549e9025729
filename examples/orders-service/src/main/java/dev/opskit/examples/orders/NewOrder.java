package dev.opskit.examples.orders;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as a customer sends it, not validated yet. */
record NewOrder(@Nullable String item, int quantity, @Nullable BigDecimal amount) {
  private static final BigDecimal MAX_AMOUNT = new BigDecimal("100000.00");

  /** All that is wrong with it, in words that the customer can act on; empty if it is fine. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (item == null || item.isBlank() || item.length() > 100 || !isText(item)) {
      problems.add("item: 1 to 100 characters of text, please");
    }
    if (quantity < 1 || quantity > 1000) {
      problems.add("quantity: 1 to 1000, please; got " + quantity);
    }
    if (amount == null
        || amount.signum() <= 0
        || amount.compareTo(MAX_AMOUNT) > 0
        || amount.stripTrailingZeros().scale() > 2) {
      problems.add("amount: more than 0, at most " + MAX_AMOUNT + ", two decimals");
    }
    return problems;
  }

  /** PostgreSQL keeps neither a zero character nor half of a surrogate pair. */
  private static boolean isText(String value) {
    return value
        .codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }
}
