package dev.opskit.metrics.bind;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsRequest;
import dev.opskit.metrics.OpsMetrics;
import java.nio.charset.StandardCharsets;

/** What Prometheus would scrape. */
record Page(String text) {
  static Page of(OpsMetrics metrics) {
    return new Page(
        new String(
            metrics.endpoints().handle(OpsRequest.get("/metrics")).body(), StandardCharsets.UTF_8));
  }

  boolean has(String line) {
    return text.contains(line + "\n");
  }

  void assertHas(String... lines) {
    for (String line : lines) {
      assertTrue(has(line), () -> line + " is not in\n" + text);
    }
  }
}
