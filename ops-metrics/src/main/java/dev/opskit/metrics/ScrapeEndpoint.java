package dev.opskit.metrics;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * The page that Prometheus scrapes: OpenMetrics 1.0 to those who prefer it, the Prometheus text
 * format to everybody else. There is no compression yet.
 */
final class ScrapeEndpoint implements OpsEndpoint {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  ScrapeEndpoint(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public OpsResponse handle(OpsRequest request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return OpsResponse.methodNotAllowed("GET, HEAD");
    }
    Accept accept = Accept.parse(request.header("accept"));
    String type =
        accept.quality("application/openmetrics-text") > accept.quality("text/plain")
            ? OPEN_METRICS
            : TEXT;
    ByteArrayOutputStream page = new ByteArrayOutputStream(16 * 1024);
    registry.scrape(page, type);
    return new OpsResponse(
        200, Map.of("Content-Type", type, "Cache-Control", "no-store"), page.toByteArray());
  }
}
