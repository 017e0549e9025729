package dev.opskit.core.http.jdk;

import dev.opskit.core.correlation.CorrelationContext;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;

/** Stamps outgoing requests of the JDK's HTTP client with the current correlation context. */
public final class CorrelatedRequests {
  private CorrelatedRequests() {}

  /**
   * Sets {@code x-correlation-id}; {@code traceparent} with its {@code tracestate} as they came in,
   * unless the request has a trace parent already; and {@code baggage} as it came in, unless the
   * request has some. Without a current context nothing is set. Baggage goes to whomever is called:
   * do not stamp requests to strangers where callers are trusted with personal data.
   *
   * @param request the request being built
   * @return the same builder
   */
  public static HttpRequest.Builder stamp(HttpRequest.Builder request) {
    CorrelationContext context = CorrelationContext.current();
    if (context != null) {
      context.stamp(
          name -> headers(request).firstValue(name).isPresent(),
          (name, value) -> request.setHeader(name, value));
    }
    return request;
  }

  private static HttpHeaders headers(HttpRequest.Builder request) {
    // A builder shows its headers only in a request, and there is none without a URI.
    return request.copy().uri(URI.create("http://localhost/")).build().headers();
  }
}
