package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.masking.SensitiveValues;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ShownTest {
  private static final String SECRET = "correct-horse-battery";

  private static Subscription registered() {
    return SensitiveValues.shared().register(SECRET.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void secretsThatACheckReturnsAreMasked() {
    try (Subscription registration = registered()) {
      HealthResult shown =
          Shown.of(
              HealthResult.down(HealthCause.AUTH, "login as app:" + SECRET + " failed")
                  .with("url", "jdbc:postgresql://db/?password=" + SECRET)
                  .with("of " + SECRET, 1));
      assertEquals("login as app:*** failed", shown.message());
      assertEquals(
          "{url=jdbc:postgresql://db/?password=***, of ***=1}", shown.details().toString());
    }
  }

  @Test
  void aLongTextIsCutAfterItWasMasked() {
    try (Subscription registration = registered()) {
      String text = "x".repeat(Shown.MAX_CHARS - 5) + SECRET;
      assertEquals(
          "x".repeat(Shown.MAX_CHARS - 5) + "***",
          Shown.of(HealthResult.down(HealthCause.FAILED, text)).message());
    }
    String huge = Shown.of(new IllegalStateException("x".repeat(1_000_000))).message();
    assertEquals(Shown.MAX_CHARS + 1, huge == null ? -1 : huge.length());
  }

  @Test
  void moreDetailsThanAnybodyReadsAreLeftOut() {
    HealthResult result = HealthResult.up();
    for (int i = 0; i < 60; i++) {
      result = result.with("d" + i, i);
    }
    assertEquals(Shown.MAX_DETAILS, Shown.of(result).details().size());
  }

  @Test
  void aNumberThatCanChangeIsWrittenOut() {
    AtomicLong count = new AtomicLong(7);
    HealthResult shown =
        Shown.of(HealthResult.up().with("n", count).with("big", new BigDecimal("0.1")));
    count.set(8);
    assertEquals(List.of("7", "0.1"), List.copyOf(shown.details().values()));
    assertEquals(3, Shown.of(HealthResult.up().with("n", 3)).details().get("n"));
  }

  @Test
  void aResultWithoutWordsStaysSo() {
    assertNull(Shown.of(HealthResult.up()).message());
    assertEquals("IllegalStateException", Shown.of(new IllegalStateException()).message());
  }
}
