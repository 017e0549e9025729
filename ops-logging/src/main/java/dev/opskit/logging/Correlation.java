package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.CorrelationIds;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an event belongs to: the context that was captured with it, else the one of this thread,
 * else the ids in the MDC.
 */
record Correlation(@Nullable String id, @Nullable String requestId, Map<String, String> fields) {
  private static final Correlation NONE = new Correlation(null, null, Map.of());

  static Correlation of(ILoggingEvent event) {
    CorrelationContext context =
        event instanceof CapturedEvent captured ? captured.context() : CorrelationContext.current();
    return context == null
        ? ofMdc(event)
        : new Correlation(context.id(), context.requestId(), context.fields());
  }

  private static Correlation ofMdc(ILoggingEvent event) {
    try {
      Map<String, String> mdc = event.getMDCPropertyMap();
      return mdc == null || mdc.isEmpty()
          ? NONE
          : new Correlation(valid(mdc.get("correlationId")), valid(mdc.get("requestId")), Map.of());
    } catch (Throwable t) {
      // The line says so where it comes to the MDC's other entries.
      return NONE;
    }
  }

  private static @Nullable String valid(@Nullable String id) {
    return CorrelationIds.isValid(id) ? id : null;
  }
}
