package dev.opskit.core.http.jdk;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.CorrelationIds;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObservation;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one filter that a service on the JDK's HTTP server needs: it opens the correlation scope,
 * echoes the id before the handler runs, tells the observers, and answers 500 for a handler that
 * throws anything or returns without an answer, where the JDK would leave the client waiting. So a
 * handler answers before it returns; one that goes on in another thread is not supported. A handler
 * that fails after it had begun to answer has its connection cut, so that the client cannot take
 * the part for the whole. Thread-safe.
 *
 * <pre>{@code
 * context.getFilters().add(JdkRequestFilter.of(routes, metrics.http(routes), accessLog));
 * }</pre>
 */
public final class JdkRequestFilter extends Filter {
  private static final Logger logger = LoggerFactory.getLogger(JdkRequestFilter.class);

  private final RouteTemplates routes;
  private final List<RequestObserver> observers;

  private JdkRequestFilter(RouteTemplates routes, List<RequestObserver> observers) {
    this.routes = routes;
    this.observers = observers;
  }

  /**
   * A filter for the contexts of one service.
   *
   * @param routes what observers call a path by
   * @param observers whom to tell of each request
   * @return the filter; add it to every context
   */
  public static JdkRequestFilter of(RouteTemplates routes, RequestObserver... observers) {
    return new JdkRequestFilter(routes, List.of(observers));
  }

  @Override
  public String description() {
    return "opskit: correlation scope and request observers";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    CorrelationContext context = CorrelationContext.acceptAll(exchange.getRequestHeaders()::get);
    exchange.getResponseHeaders().set(CorrelationIds.HEADER, context.id());
    String path = exchange.getRequestURI().getRawPath();
    RequestInfo request =
        new RequestInfo(
            exchange.getRequestMethod(),
            path == null ? "" : path,
            exchange.getRequestHeaders().getFirst("user-agent"),
            context);
    String route = routes.match(request.path());
    try (CorrelationContext.Scope scope = context.open()) {
      RequestObservation observation =
          RequestObservation.begin(observers, request, TimeSource.system());
      Throwable failure = null;
      try {
        chain.doFilter(exchange);
        if (exchange.getResponseCode() == -1) {
          throw new IllegalStateException("the handler returned without an answer");
        }
      } catch (Throwable t) {
        failure = t;
        // Not the path, which may hold personal data or a token.
        logger.error("the handler of {} failed", route == null ? "an unmatched route" : route, t);
        answer(exchange, t);
      } finally {
        observation.end(route, status(exchange, failure), length(exchange), failure);
      }
    }
  }

  private static void answer(HttpExchange exchange, Throwable failure) throws IOException {
    if (exchange.getResponseCode() != -1) {
      // Closing the exchange would complete a chunked answer; an exception makes the server cut it.
      throw new IOException("the handler failed after it had begun to answer", failure);
    }
    exchange.sendResponseHeaders(500, -1);
    exchange.close();
  }

  private static int status(HttpExchange exchange, @Nullable Throwable failure) {
    int sent = exchange.getResponseCode();
    return sent == -1 || failure != null && sent < 500 ? 500 : sent;
  }

  private static long length(HttpExchange exchange) {
    String length = exchange.getResponseHeaders().getFirst("Content-length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException setByTheHandler) {
      return -1;
    }
  }
}
