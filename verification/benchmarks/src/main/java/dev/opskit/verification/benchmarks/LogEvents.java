package dev.opskit.verification.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessageFactory;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The same event for every peer, new each time: three arguments, four MDC entries, three fields.
 */
final class LogEvents {
  private static final String LOGGER = "com.example.orders.OrderController";
  private static final String MESSAGE =
      "order {} for a regular customer in the far north was accepted: {} items, {} EUR, delivery on"
          + " Friday";
  private static final Map<String, String> MDC = mdc();

  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger(LOGGER);
  private int number = 4_711;

  LoggingEvent logback(boolean failed) {
    LoggingEvent event =
        new LoggingEvent(
            Logger.FQCN,
            logger,
            failed ? Level.ERROR : Level.INFO,
            MESSAGE,
            failed ? exception() : null,
            new Object[] {number++, 3, "129.90"});
    event.setLoggerContextRemoteView(context.getLoggerContextRemoteView());
    event.setMDCPropertyMap(MDC);
    event.setKeyValuePairs(
        Arrays.asList(
            new KeyValuePair("orderId", 4_711L),
            new KeyValuePair("status", 201),
            new KeyValuePair("route", "/orders/{id}")));
    return event;
  }

  /** Log4j has no key-values beside the message: they are in its context data, as text. */
  LogEvent log4j(boolean failed) {
    SortedArrayStringMap data = new SortedArrayStringMap(MDC);
    data.putValue("orderId", "4711");
    data.putValue("status", "201");
    data.putValue("route", "/orders/{id}");
    return Log4jLogEvent.newBuilder()
        .setLoggerName(LOGGER)
        .setLevel(
            failed ? org.apache.logging.log4j.Level.ERROR : org.apache.logging.log4j.Level.INFO)
        .setMessage(ParameterizedMessageFactory.INSTANCE.newMessage(MESSAGE, number++, 3, "129.90"))
        .setThrown(failed ? exception() : null)
        .setContextData(data)
        .setThreadName(Thread.currentThread().getName())
        .setTimeMillis(1_795_000_000_000L + number)
        .build();
  }

  private static Exception exception() {
    return deep(12, null);
  }

  private static Exception deep(int frames, @Nullable Exception cause) {
    if (frames > 0) {
      return deep(frames - 1, cause);
    }
    Exception root = new IllegalStateException("connection refused: orders-db:5432");
    Exception middle = new RuntimeException("the order could not be stored", root);
    return new RuntimeException("request failed", middle);
  }

  private static Map<String, String> mdc() {
    Map<String, String> mdc = new LinkedHashMap<>();
    mdc.put("tenant", "acme");
    mdc.put("userId", "u-20931");
    mdc.put("region", "eu-west-1");
    mdc.put("session", "5f1b0c5e9a7d4b7f");
    return mdc;
  }
}
