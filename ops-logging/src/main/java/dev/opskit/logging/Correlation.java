package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.CorrelationIds;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which request an event belongs to. */
final class Correlation {
  private Correlation() {}

  /** Of the captured context, else of this thread's, else of the MDC; null if there is none. */
  static @Nullable String idOf(ILoggingEvent event) {
    CorrelationContext context =
        event instanceof CapturedEvent captured ? captured.context() : CorrelationContext.current();
    return context == null ? ofMdc(event, "correlationId") : context.id();
  }

  /** An id of the MDC, or null if it has none that is valid. */
  static @Nullable String ofMdc(ILoggingEvent event, String key) {
    try {
      Map<String, String> mdc = event.getMDCPropertyMap();
      String id = mdc == null || mdc.isEmpty() ? null : mdc.get(key);
      return CorrelationIds.isValid(id) ? id : null;
    } catch (Throwable t) {
      // The line says so where it comes to the MDC's other entries.
      return null;
    }
  }
}
