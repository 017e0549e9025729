package dev.opskit.examples.orders.story;

import java.net.http.HttpResponse;
import java.util.List;

/** The metrics that came of all this. */
final class MetricsChapter {
  private final Browser management;

  MetricsChapter(Browser management) {
    this.management = management;
  }

  void tell(Narrator narrator) {
    narrator.chapter("The metrics that came of it");
    HttpResponse<String> page = management.get("/metrics");
    List<String> lines = page.body().lines().filter(line -> !line.startsWith("#")).toList();
    narrator.expect(
        page.statusCode() == 200, "GET /metrics answers with %d time series", lines.size());
    lines.stream()
        .filter(
            line ->
                line.startsWith("orders_processed_total")
                    || line.startsWith("health_check_up")
                    || line.startsWith("http_requests_total")
                    || line.startsWith("http_request_duration_seconds_count"))
        .forEach(narrator::quote);
    narrator.expect(
        value(lines, "orders_processed_total", "outcome=\"ok\"") >= OrdersChapter.PLACED,
        "every order that was placed is counted");
    narrator.expect(
        value(lines, "orders_processed_total", "outcome=\"failed\"") >= 1,
        "the failed payment is counted as failed");
    narrator.expect(
        value(lines, "orders_processed_total", "outcome=\"rejected\"") == 1,
        "the refused order is counted as rejected");
    narrator.expect(
        value(lines, "health_check_transitions_total", "check=\"database\",to=\"down\"") >= 1
            && value(lines, "health_check_up", "check=\"database\"") == 1,
        "the database was down and is up again");
  }

  private static double value(List<String> lines, String metric, String label) {
    return lines.stream()
        .filter(line -> line.startsWith(metric + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
