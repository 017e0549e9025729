package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.opskit.core.masking.SensitiveValues;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be chosen about stack traces. */
class StackOptionsTest {
  private static final Instant START = Instant.parse("2026-11-24T18:00:00Z");

  private final Lines lines = new Lines(new SensitiveValues());

  @Test
  void theRootCauseCanComeFirst() {
    lines.encoder.setRootCauseFirst(true);
    String stack = stack(new Exception("top", new Exception("root")));
    assertTrue(stack.startsWith("java.lang.Exception: root\n\t"), stack);
    assertTrue(stack.contains("\nWrapped by: java.lang.Exception: top\n\tat "), stack);
  }

  @Test
  void framesAndThrowablesAreLimited() {
    lines.encoder.setMaxFrames(2);
    lines.encoder.setMaxThrowables(2);
    String stack = stack(new Exception("a", new Exception("b", new Exception("c"))));
    assertEquals(2, stack.lines().filter(l -> l.startsWith("\tat ")).count(), stack);
    assertTrue(stack.contains(" frames cut\n"), stack);
    assertTrue(stack.endsWith("... more causes cut\n"), stack);
    assertFalse(stack.contains(": c"), stack);
  }

  @Test
  void theHashIsOfTheCodeAndNotOfLinesMessagesOrGeneratedNames() {
    lines.encoder.setStackHash(true);
    String hash = hash("com.example.Stock$$Lambda/0x1", "lambda$take$1", 1, "one");
    assertTrue(hash.matches("[0-9a-f]{16}"), hash);
    assertEquals(hash, hash("com.example.Stock$$Lambda/0x2", "lambda$take$2", 2, "two"));
    assertNotEquals(hash, hash("com.example.Stock", "give", 1, "one"));
  }

  @Test
  void anIdenticalStackIsWrittenOnceAWindow() {
    lines.encoder.setFoldSeconds(60);
    Exception thrown = framed("com.example.Stock", "take", 1, "m");
    assertTrue(error(thrown, START).containsKey("stack"));
    Map<?, ?> second = error(thrown, START.plusSeconds(59));
    assertFalse(second.containsKey("stack"));
    assertEquals(2, second.get("count"));
    assertEquals("m", second.get("message"));
    assertTrue(error(framed("com.example.Other", "take", 1, "m"), START).containsKey("stack"));
    assertTrue(error(thrown, START.plusSeconds(60)).containsKey("stack"));
  }

  private String hash(String type, String method, int line, String message) {
    return error(framed(type, method, line, message), START).get("hash").toString();
  }

  private String stack(Exception thrown) {
    return error(thrown, START).get("stack").toString();
  }

  private Map<?, ?> error(Exception thrown, Instant time) {
    LoggingEvent event =
        new LoggingEvent(Logger.FQCN, lines.logger, Level.ERROR, "m", thrown, null);
    event.setInstant(time);
    return (Map<?, ?>) StrictJson.object(lines.encoder.encode(event)).get("error");
  }

  private static Exception framed(String type, String method, int line, String message) {
    Exception thrown = new IllegalStateException(message);
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(type, method, "Stock.java", line)});
    return thrown;
  }
}
