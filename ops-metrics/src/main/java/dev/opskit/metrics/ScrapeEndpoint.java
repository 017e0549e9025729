package dev.opskit.metrics;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * The page that Prometheus scrapes: OpenMetrics 1.0 to those who prefer it, the Prometheus text
 * format to everybody else, with {@code name[]} only the metrics that are asked for, and compressed
 * for those who take it.
 */
final class ScrapeEndpoint implements OpsEndpoint {
  private static final String TEXT = "text/plain";
  private static final String TEXT_VERSION = "0.0.4";
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_VERSION = "1.0.0";
  private static final int MAX_NAMES = 256;
  private static final List<String> SUFFIXES =
      List.of("_total", "_created", "_bucket", "_count", "_sum", "_info");

  private final PrometheusMeterRegistry registry;

  ScrapeEndpoint(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public OpsResponse handle(OpsRequest request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return OpsResponse.methodNotAllowed("GET, HEAD");
    }
    Accept types = accept(request, "accept");
    Accept codings = accept(request, "accept-encoding");
    double text = types.quality(TEXT, TEXT_VERSION);
    double openMetrics = types.quality(OPEN_METRICS, OPEN_METRICS_VERSION);
    if (text <= 0 && openMetrics <= 0) {
      return notAcceptable("the page is " + TEXT + " or " + OPEN_METRICS);
    }
    boolean gzip = codings.prefersGzip();
    if (!gzip && !codings.allowsIdentity()) {
      return notAcceptable("the page is sent as it is or with gzip");
    }
    List<String> names = request.queryParameter("name[]");
    if (names.size() > MAX_NAMES) {
      return OpsResponse.error(400, "at most " + MAX_NAMES + " name[] are answered at once");
    }
    String type =
        openMetrics > text
            ? OPEN_METRICS + "; version=" + OPEN_METRICS_VERSION + "; charset=utf-8"
            : TEXT + "; version=" + TEXT_VERSION + "; charset=utf-8";
    OpsResponse response =
        new OpsResponse(
            200,
            Map.of(
                "Content-Type", type,
                "Cache-Control", "no-store",
                "Vary", "Accept, Accept-Encoding"),
            page(type, names, gzip));
    return gzip ? response.with("Content-Encoding", "gzip") : response;
  }

  private static Accept accept(OpsRequest request, String header) {
    return Accept.parse(request.headers().getOrDefault(header, List.of()));
  }

  private static OpsResponse notAcceptable(String error) {
    return OpsResponse.error(406, error).with("Vary", "Accept, Accept-Encoding");
  }

  private byte[] page(String type, List<String> names, boolean gzip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (OutputStream out = gzip ? new GZIPOutputStream(bytes, 8 * 1024) : bytes) {
      if (names.isEmpty()) {
        registry.scrape(out, type);
      } else {
        registry.scrape(out, type, families(names));
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Scrapers ask for samples, the registry knows families: {@code x_total} belongs to {@code x}.
   */
  private static Set<String> families(List<String> names) {
    Set<String> families = new HashSet<>(names);
    for (String name : names) {
      for (String suffix : SUFFIXES) {
        if (name.endsWith(suffix)) {
          families.add(name.substring(0, name.length() - suffix.length()));
        }
      }
    }
    return families;
  }
}
