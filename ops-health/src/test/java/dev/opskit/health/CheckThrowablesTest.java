package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the engine's real threads: whatever a check throws, the next run of it takes place. */
@Timeout(30)
class CheckThrowablesTest {

  @Test
  void anExceptionIsDownAndTheNextRunUp() throws Exception {
    assertSurvives(
        context -> {
          throw new IOException("disk on fire");
        },
        "IOException: disk on fire");
  }

  @Test
  void anErrorIsDownAndTheNextRunUp() throws Exception {
    assertSurvives(
        context -> {
          throw new NoClassDefFoundError("driver/Gone");
        },
        "NoClassDefFoundError: driver/Gone");
  }

  @Test
  void aStackThatOverflowsIsDownAndTheNextRunUp() throws Exception {
    assertSurvives(context -> endless(1), "StackOverflowError");
  }

  private static HealthResult endless(int depth) {
    return endless(depth + 1).with("depth", depth);
  }

  @Test
  void memoryThatIsUsedUpIsDownAndTheNextRunUp() throws Exception {
    assertSurvives(
        context -> {
          // Refused without a collection: no heap may have an array of this length.
          long[] all = new long[Integer.MAX_VALUE];
          return HealthResult.up().with("bytes", all.length);
        },
        "OutOfMemoryError");
  }

  @Test
  void aResultThatCannotBeReadIsDownAndTheNextRunUp() throws Exception {
    Number unreadable =
        new Number() {
          private static final long serialVersionUID = 1;

          @Override
          public int intValue() {
            return 0;
          }

          @Override
          public long longValue() {
            return 0;
          }

          @Override
          public float floatValue() {
            return 0;
          }

          @Override
          public double doubleValue() {
            return 0;
          }

          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };
    assertSurvives(
        context -> HealthResult.up().with("size", unreadable), "IllegalStateException: no text");
  }

  private static void assertSurvives(HealthCheck bad, String message) throws Exception {
    AtomicBoolean mended = new AtomicBoolean();
    try (Health health =
        Health.builder()
            .check(
                "bad",
                context -> mended.get() ? HealthResult.up() : bad.check(context),
                o -> o.intervalWhileDown(Duration.ofMillis(10)).timeout(Duration.ofSeconds(10)))
            .start()) {
      HealthResult result = await(health, HealthStatus.DOWN);
      assertEquals(HealthCause.FAILED, result.cause());
      assertTrue(String.valueOf(result.message()).startsWith(message), result.message());
      mended.set(true);
      await(health, HealthStatus.UP);
    }
  }

  private static HealthResult await(Health health, HealthStatus status) throws Exception {
    HealthResult result = health.report().checks().get(0).result();
    while (result.status() != status) {
      TimeUnit.MILLISECONDS.sleep(2);
      result = health.report().checks().get(0).result();
    }
    return result;
  }
}
