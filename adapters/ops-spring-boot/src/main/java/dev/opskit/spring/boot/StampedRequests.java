package dev.opskit.spring.boot;

import dev.opskit.core.correlation.CorrelationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequestInterceptor;

/** The headers of the current context on outgoing requests. */
final class StampedRequests {
  private StampedRequests() {}

  static ClientHttpRequestInterceptor blocking() {
    return (request, body, execution) -> {
      stamp(request.getHeaders());
      return execution.execute(request, body);
    };
  }

  static void stamp(HttpHeaders headers) {
    CorrelationContext context = CorrelationContext.current();
    if (context != null) {
      context.stamp(headers::containsHeader, headers::set);
    }
  }
}
