package dev.opskit.logging;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes one line for each request, when it has ended: {@code method}, {@code route}, {@code
 * status}, {@code durationMs}, {@code responseBytes} (if known) and {@code userAgent} (if sent) as
 * key-values, at level INFO, under the request's correlation id.
 *
 * <p>The raw path is not written, as it may hold personal data or tokens; a request that matched no
 * route has the route {@code unmatched}. The logger is named after this class, so that {@code
 * <logger name="dev.opskit.logging.AccessLog" level="OFF"/>} switches it off. Thread-safe.
 */
public final class AccessLog implements RequestObserver {
  private static final Logger logger = LoggerFactory.getLogger(AccessLog.class);
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;

  /** An observer to hand to a server adapter. */
  public AccessLog() {}

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    if (!logger.isInfoEnabled()) {
      return;
    }
    String route = outcome.route() == null ? "unmatched" : outcome.route();
    // Not every server ends a request on a thread that is inside its scope.
    try (CorrelationContext.Scope scope = request.correlation().open()) {
      LoggingEventBuilder line =
          logger
              .atInfo()
              .addKeyValue("method", request.method())
              .addKeyValue("route", route)
              .addKeyValue("status", outcome.status())
              .addKeyValue("durationMs", millis(outcome.duration().toNanos()));
      if (outcome.responseBytes() >= 0) {
        line = line.addKeyValue("responseBytes", outcome.responseBytes());
      }
      if (request.userAgent() != null) {
        line = line.addKeyValue("userAgent", request.userAgent());
      }
      line.log("{} {} {}", request.method(), route, outcome.status());
    }
  }

  private static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI;
  }
}
