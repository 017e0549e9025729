package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes alerts to the log, at once and on the thread that raises: a line when one begins, changes
 * its severity or summary, or ends. Critical ones are errors, warnings are warnings, all else is
 * information. The fields are {@code alert}, {@code severity}, {@code state} ({@code firing} or
 * {@code resolved}) and each label. Thread-safe; nothing to close.
 *
 * <p>It remembers 1,000 alerts that fire; what is raised beyond that is dropped and counted.
 */
public final class LogSink implements DeliveringSink {
  private static final Logger logger = LoggerFactory.getLogger(LogSink.class);
  private static final int CAPACITY = 1_000;

  private final Tally tally = new Tally();
  private final AlertBook book = new AlertBook("log", CAPACITY, TimeSource.system(), tally);

  /** A sink where nothing fires. */
  public LogSink() {}

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void raise(Alert alert) {
    tell(book.raise(alert));
  }

  @Override
  public void resolve(Alert.Key key) {
    tell(book.resolve(key));
  }

  @Override
  public DeliveryCounts counts() {
    return tally.counts(book.pending(), book.firing());
  }

  private void tell(@Nullable Entry entry) {
    if (entry == null) {
      return;
    }
    try {
      write(entry);
      tally.add(Tally.Result.OK, 1);
    } catch (RuntimeException e) {
      tally.add(Tally.Result.FAILED, 1);
    }
    book.told(entry);
    book.forget(Duration.ZERO, Duration.ofDays(1));
  }

  private static void write(Entry entry) {
    Alert alert = entry.alert();
    LoggingEventBuilder event =
        logger
            .atLevel(entry.fires() ? level(alert.severity()) : Level.INFO)
            .addKeyValue("alert", alert.name())
            .addKeyValue("severity", AlertText.severity(alert.severity()))
            .addKeyValue("state", entry.fires() ? "firing" : "resolved");
    for (Map.Entry<String, String> label : alert.labels().entrySet()) {
      event = event.addKeyValue(label.getKey(), mask(label.getValue()));
    }
    event.log("{}", mask(alert.summary()));
  }

  private static String mask(String text) {
    return SensitiveValues.shared().mask(text);
  }

  private static Level level(Alert.Severity severity) {
    return switch (severity) {
      case CRITICAL -> Level.ERROR;
      case WARNING -> Level.WARN;
      case INFO -> Level.INFO;
    };
  }
}
