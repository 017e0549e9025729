package dev.opskit.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.opskit.core.correlation.CorrelationContext;

/**
 * Logback's asynchronous appender, with the correlation of each event carried to the thread that
 * writes it. All of its properties are those of {@link AsyncAppender}, its rules for dropping
 * events too.
 *
 * <p>Message and MDC are fixed when the event is logged. Key-value objects are turned into text
 * later, by the writing thread: log values that do not change. Thread-safe; started and stopped by
 * the logger context.
 */
public final class CorrelatedAsyncAppender extends AsyncAppender {

  /** An appender that has yet to be given the one appender it writes to. */
  public CorrelatedAsyncAppender() {}

  @Override
  protected void append(ILoggingEvent event) {
    super.append(new CapturedEvent(event, CorrelationContext.current()));
  }
}
