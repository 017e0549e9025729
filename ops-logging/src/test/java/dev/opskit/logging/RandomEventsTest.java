package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random events, each followed by a plain one: every line is valid, bounded and of use, and no
 * event harms the next. {@code -Dopskit.random.events} says how many (50,000 by default) and {@code
 * -Dopskit.random.seed} from where.
 */
@Tag("once")
class RandomEventsTest {
  private static final String SECRET = "s3cr3t-value-0123";

  private final Lines lines = new Lines(new SensitiveValues());

  @Test
  void everyEventIsOneValidLineAndLeavesTheNextUnharmed() {
    lines.sensitive.register(SECRET.getBytes(StandardCharsets.UTF_8));
    long seed = Long.getLong("opskit.random.seed", 20_261_124L);
    int count = Integer.getInteger("opskit.random.events", 50_000);
    for (int i = 0; i < count; i++) {
      RandomEvent random = new RandomEvent(new Random(seed + i), SECRET);
      check(random.next(lines.logger), "seed " + (seed + i));
      if (i % 10 == 0) {
        Map<String, Object> plain = check(plain(), "after seed " + (seed + i));
        assertEquals("plain", plain.get("message"));
        assertEquals(8, plain.size(), plain::toString);
      }
    }
  }

  private LoggingEvent plain() {
    return new LoggingEvent(Logger.FQCN, lines.logger, Level.INFO, "plain", null, null);
  }

  private Map<String, Object> check(LoggingEvent event, String which) {
    try {
      byte[] line = lines.encoder.encode(event);
      Map<String, Object> parsed = Lines.parse(line);
      assertEquals("orders", parsed.get("service"));
      assertTrue(parsed.get("message") instanceof String);
      assertTrue(!new String(line, StandardCharsets.UTF_8).contains(SECRET), "the secret is read");
      return parsed;
    } catch (Throwable t) {
      throw new AssertionError(which, t);
    }
  }
}
