package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.EventArgUtil;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Keeps an exception that cannot be read from breaking the code that logs it.
 *
 * <p>Logback reads an exception's message, causes and stack while it creates the event, before any
 * encoder is asked, and lets what they throw go to the caller. This filter tries that first; if it
 * fails, it logs the event with a stand-in of the same type name and stack. It costs a second
 * reading of every exception that is logged. Added once to a logger context, by {@code
 * <turboFilter>} or by {@code defaults.xml}. Thread-safe.
 */
public final class ThrowableGuard extends TurboFilter {

  /** A filter to add to a logger context. */
  public ThrowableGuard() {}

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable t) {
    List<Marker> markers = marker == null ? List.of() : List.of(marker);
    return level.isGreaterOrEqual(logger.getEffectiveLevel())
        ? decide(logger, level, format, params, t, markers, null)
        : FilterReply.NEUTRAL;
  }

  @Override
  public FilterReply decide(Logger logger, org.slf4j.event.LoggingEvent event) {
    return decide(
        logger,
        Level.convertAnSLF4JLevel(event.getLevel()),
        event.getMessage(),
        event.getArgumentArray(),
        event.getThrowable(),
        event.getMarkers(),
        event.getKeyValuePairs());
  }

  private static FilterReply decide(
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable t,
      @Nullable List<Marker> markers,
      @Nullable List<KeyValuePair> keyValues) {
    Throwable thrown = t == null ? EventArgUtil.extractThrowable(params) : t;
    Throwable failure = thrown == null ? null : failureToRead(thrown);
    if (failure == null) {
      return FilterReply.NEUTRAL;
    }
    LoggingEvent event =
        new LoggingEvent(
            Logger.FQCN, logger, level, format, UnreadableThrowable.of(thrown, failure), params);
    if (markers != null) {
      markers.forEach(event::addMarker);
    }
    event.setKeyValuePairs(keyValues);
    logger.callAppenders(event);
    return FilterReply.DENY;
  }

  private static @Nullable Throwable failureToRead(Throwable thrown) {
    try {
      new ThrowableProxy(thrown);
      return null;
    } catch (Throwable failure) {
      return failure;
    }
  }
}
