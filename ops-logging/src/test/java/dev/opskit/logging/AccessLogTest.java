package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);
  private final JsonEncoder encoder = new JsonEncoder(new SensitiveValues());
  private final CorrelationContext context = CorrelationContext.of("id-1");
  private String line = "";
  private final ListAppender<ILoggingEvent> appender =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          super.append(event);
          line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        }
      };

  @BeforeEach
  void attach() {
    appender.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    appender.start();
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  @AfterEach
  void detach() {
    logger.setLevel(null);
    logger.detachAppender(appender);
  }

  @Test
  void aRequestIsOneLineUnderItsOwnId() {
    new AccessLog()
        .finished(
            new RequestInfo("GET", "/orders/42", "curl/8", context),
            new RequestOutcome("/orders/{id}", 200, Duration.ofNanos(1_234_567), 17, null));
    Map<String, Object> fields = StrictJson.object(line.getBytes(StandardCharsets.UTF_8));
    assertEquals(1, appender.list.size());
    assertEquals("GET /orders/{id} 200", fields.get("message"));
    assertEquals("id-1", fields.get("correlationId"));
    assertEquals(200, fields.get("status"));
    assertEquals(1.235, fields.get("durationMs"));
    assertEquals(17, fields.get("responseBytes"));
    assertEquals("curl/8", fields.get("userAgent"));
    assertFalse(line.contains("/orders/42"), "the raw path may hold personal data");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    new AccessLog()
        .finished(
            new RequestInfo("GET", "/secret-42", null, context),
            new RequestOutcome(null, 404, Duration.ofMillis(1), -1, null));
    Map<String, Object> fields = StrictJson.object(line.getBytes(StandardCharsets.UTF_8));
    assertEquals("unmatched", fields.get("route"));
    assertFalse(fields.containsKey("responseBytes") || fields.containsKey("userAgent"));
    assertFalse(line.contains("secret-42"), line);
  }

  @Test
  void itCanBeSwitchedOff() {
    logger.setLevel(Level.OFF);
    new AccessLog()
        .finished(
            new RequestInfo("GET", "/", null, context),
            new RequestOutcome("/", 200, Duration.ofMillis(1), -1, null));
    assertEquals(0, appender.list.size());
  }
}
