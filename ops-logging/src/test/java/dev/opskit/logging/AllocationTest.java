package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.sun.management.ThreadMXBean;
import dev.opskit.core.masking.SensitiveValues;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** In the steady state, encoding allocates the array that it returns and nothing else. */
class AllocationTest {
  private static final int EVENTS = 2_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Lines lines = new Lines(new SensitiveValues());

  @Test
  void aTypicalEventCostsItsLine() {
    assertEquals(lineBytes(typical()), bytesPerEvent(typical()));
  }

  @Test
  void anEventWithAnExceptionCostsItsLine() {
    LoggingEvent event = failed();
    assertEquals(lineBytes(event), bytesPerEvent(event));
  }

  @Test
  void registeredValuesCostNothingMore() {
    for (int i = 0; i < 1_000; i++) {
      byte[] value = ("s3cret-" + i * 7_919L + "-value").getBytes(StandardCharsets.UTF_8);
      lines.sensitive.register(value);
    }
    assertEquals(lineBytes(typical()), bytesPerEvent(typical()));
  }

  @Test
  void everySchemaCostsItsLine() {
    lines.encoder.setSchema("ECS");
    assertEquals(lineBytes(typical()), bytesPerEvent(typical()));
    lines.encoder.setSchema("LOGSTASH");
    assertEquals(lineBytes(typical()), bytesPerEvent(typical()));
  }

  /** The size of a byte array on the heap: header and length, rounded up to eight bytes. */
  private long lineBytes(LoggingEvent event) {
    int length = lines.encoder.encode(event).length;
    assertTrue(length > 400, length + " bytes are not typical");
    return (16 + length + 7) / 8 * 8;
  }

  /** The least of a few rounds: the compiler may allocate on this thread's account in others. */
  private long bytesPerEvent(LoggingEvent event) {
    return LongStream.range(0, 20).map(i -> round(event)).min().orElseThrow();
  }

  private long round(LoggingEvent event) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < EVENTS; i++) {
      lines.encoder.encode(event);
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / EVENTS;
  }

  private LoggingEvent typical() {
    Object[] arguments = {"9f1c2b7e", 3, "129.90"};
    return event(
        "order {} for a regular customer in the far north was accepted: {} items, {} EUR, delivery"
            + " on Friday",
        null,
        arguments);
  }

  private LoggingEvent failed() {
    Exception root = new IllegalStateException("connection refused");
    return event("order failed", new RuntimeException("no answer", root));
  }

  private LoggingEvent event(String message, Throwable thrown, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(Logger.FQCN, lines.logger, Level.INFO, message, thrown, arguments);
    Map<String, String> mdc = new LinkedHashMap<>();
    mdc.put("tenant", "acme");
    mdc.put("userId", "u-20931");
    mdc.put("region", "eu-west-1");
    mdc.put("session", "5f1b0c5e9a7d4b7f");
    event.setMDCPropertyMap(mdc);
    event.setKeyValuePairs(
        Arrays.asList(
            new KeyValuePair("orderId", 4711L),
            new KeyValuePair("status", 201),
            new KeyValuePair("route", "/orders/{id}")));
    // Logback's appenders do this before they encode, once for all of them.
    event.prepareForDeferredProcessing();
    return event;
  }
}
