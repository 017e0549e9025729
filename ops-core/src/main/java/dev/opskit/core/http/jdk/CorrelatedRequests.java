package dev.opskit.core.http.jdk;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.CorrelationIds;
import dev.opskit.core.correlation.TraceParent;
import java.net.URI;
import java.net.http.HttpRequest;

/** Stamps outgoing requests of the JDK's HTTP client with the current correlation context. */
public final class CorrelatedRequests {
  private CorrelatedRequests() {}

  /**
   * Sets {@code x-correlation-id}, and {@code traceparent} as it came in unless the request has one
   * already. Without a current context nothing is set.
   *
   * @param request the request being built
   * @return the same builder
   */
  public static HttpRequest.Builder stamp(HttpRequest.Builder request) {
    CorrelationContext context = CorrelationContext.current();
    if (context == null) {
      return request;
    }
    request.setHeader(CorrelationIds.HEADER, context.id());
    TraceParent trace = context.traceParent();
    if (trace != null && !hasTraceParent(request)) {
      request.setHeader(TraceParent.HEADER, trace.header());
    }
    return request;
  }

  private static boolean hasTraceParent(HttpRequest.Builder request) {
    // A builder shows its headers only in a request, and there is none without a URI.
    HttpRequest probe = request.copy().uri(URI.create("http://localhost/")).build();
    return probe.headers().firstValue(TraceParent.HEADER).isPresent();
  }
}
