package dev.opskit.testkit.core.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.metrics.alert.LogSink;
import dev.opskit.testkit.core.AlertSinkContract;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSinkTest implements AlertSinkContract {
  private final Logger logger = (Logger) LoggerFactory.getLogger(LogSink.class);
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };
  private final LogSink sink = new LogSink();

  @BeforeEach
  void listen() {
    appender.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(appender);
  }

  @Override
  public AlertSink sink() {
    return sink;
  }

  @Override
  public Collection<Alert> firing() {
    Map<Object, Alert> firing = new LinkedHashMap<>();
    for (ILoggingEvent event : events) {
      Map<String, Object> fields = new LinkedHashMap<>();
      event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
      Object what = fields.get("what");
      if (fields.get("state").equals("firing")) {
        firing.put(
            what,
            new Alert(
                (String) fields.get("alert"),
                Alert.Severity.INFO,
                event.getFormattedMessage(),
                Map.of("what", String.valueOf(what)),
                Instant.EPOCH));
      } else {
        firing.remove(what);
      }
    }
    return firing.values();
  }

  @Test
  void anAlertThatGoesOnUnchangedIsOneLine() {
    Alert alert = new Alert("A", Alert.Severity.CRITICAL, "it began", Map.of(), Instant.EPOCH);
    sink.raise(alert);
    sink.raise(alert);
    sink.resolve(alert.key());
    sink.resolve(alert.key());
    assertEquals(
        List.of(Level.ERROR, Level.INFO), events.stream().map(ILoggingEvent::getLevel).toList());
  }
}
