package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code /metrics} says. */
final class Page {
  private final OpsMetrics metrics;

  Page(OpsMetrics metrics) {
    this.metrics = metrics;
  }

  String text() {
    OpsResponse response = get(null, Map.of());
    assertEquals(200, response.status());
    return text(response);
  }

  String openMetrics() {
    return text(get(null, Map.of("Accept", List.of("application/openmetrics-text"))));
  }

  OpsResponse get(@Nullable String query, Map<String, List<String>> headers) {
    return metrics
        .endpoints()
        .handle(new OpsRequest("GET", "/metrics", query, headers, new byte[0], null));
  }

  static String text(OpsResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The time series of a metric, with their labels and values. */
  Stream<String> series(String metric) {
    return text().lines().filter(l -> l.startsWith(metric + "{") || l.startsWith(metric + " "));
  }

  double sum(String metric) {
    return series(metric).mapToDouble(Page::number).sum();
  }

  /** Of the one time series that begins so. */
  double value(String series) {
    List<String> lines = text().lines().filter(line -> line.startsWith(series + " ")).toList();
    assertEquals(1, lines.size(), series);
    return number(lines.get(0));
  }

  static double number(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
