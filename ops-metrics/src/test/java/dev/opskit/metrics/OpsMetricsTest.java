package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.time.ManualTimeSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpsMetricsTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).time(time).build();

  @AfterEach
  void close() {
    metrics.close();
  }

  private String page() {
    OpsResponse response = metrics.endpoints().handle(OpsRequest.get("/metrics"));
    assertEquals(200, response.status());
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private double sum(String metric) {
    return page()
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static RequestInfo request(String method, String path) {
    return new RequestInfo(method, path, null, CorrelationContext.of("test"));
  }

  private static RequestOutcome outcome(RouteTemplates routes, String path, int status) {
    return new RequestOutcome(routes.match(path), status, Duration.ofMillis(200), -1, null);
  }

  @Test
  void everyOutcomeExistsBeforeItHappens() {
    metrics
        .operation("orders_processed", "Orders handled.")
        .outcomes("ok", "rejected", "failed")
        .bad("failed")
        .register();
    for (String outcome : List.of("ok", "rejected", "failed")) {
      assertTrue(
          page().contains("orders_processed_total{outcome=\"" + outcome + "\"} 0.0"), page());
    }
  }

  @Test
  void aReturnIsTheFirstOutcomeAndAnExceptionTheFirstBadOne() throws Exception {
    Operation orders = metrics.operation("orders_processed", "Orders handled.").register();
    assertEquals("done", orders.call(() -> "done"));
    IOException thrown = new IOException("no");
    assertEquals(
        thrown,
        assertThrows(
            IOException.class,
            () ->
                orders.call(
                    () -> {
                      throw thrown;
                    })));
    assertTrue(page().contains("orders_processed_total{outcome=\"ok\"} 1.0"), page());
    assertTrue(page().contains("orders_processed_total{outcome=\"failed\"} 1.0"), page());
  }

  @Test
  void aTimingCountsOnceAndMeasures() {
    Operation orders = metrics.operation("orders_processed", "Orders handled.").register();
    Operation.Timing timing = orders.start();
    time.advance(Duration.ofMillis(300));
    timing.stop("ok");
    timing.stop("ok");
    assertEquals(1, sum("orders_processed_total"));
    assertEquals(0.3, sum("orders_processed_duration_seconds_sum"), 1e-9);
    assertTrue(page().contains("orders_processed_duration_seconds_bucket{le=\"0.5\"} 1"), page());
  }

  @Test
  void anUndeclaredOutcomeCountsAsBad() {
    Operation orders = metrics.operation("orders_processed", "Orders handled.").register();
    orders.start().stop("typo");
    assertTrue(page().contains("orders_processed_total{outcome=\"failed\"} 1.0"), page());
  }

  @Test
  void badDeclarationsAreRefused() {
    metrics.operation("taken", "Once.").register();
    List<Runnable> refused =
        List.of(
            () -> metrics.operation("Orders", "Help."),
            () -> metrics.operation("orders_total", "Help."),
            () -> metrics.operation("orders", " "),
            () -> metrics.operation("a", "Help.").outcomes("ok", "Bad Word").register(),
            () -> metrics.operation("b", "Help.").outcomes("ok", "no").bad("nope").register(),
            () -> metrics.operation("c", "Help.").outcomes("ok", "no").bad("ok").register(),
            () -> metrics.operation("taken", "Twice.").register());
    refused.forEach(declare -> assertThrows(IllegalArgumentException.class, declare::run));
    assertFalse(page().contains("\na_total"), page());
  }

  @Test
  void requestsAreCountedByTemplate() {
    RouteTemplates routes = RouteTemplates.of("/orders", "/orders/{id}");
    RequestObserver http = metrics.http(routes);
    RequestInfo request = request("GET", "/orders/17");
    http.started(request);
    assertEquals(1, sum("active_connections"));
    http.finished(request, outcome(routes, "/orders/17", 200));
    assertEquals(0, sum("active_connections"));
    String labels = "{method=\"GET\",route=\"/orders/{id}\"";
    assertTrue(
        page().contains("http_requests_total" + labels + ",status_code=\"200\"} 1.0"), page());
    assertTrue(
        page().contains("http_request_duration_seconds_bucket" + labels + ",le=\"0.3\"} 1"),
        page());
    assertTrue(
        page().contains("http_request_duration_seconds_bucket" + labels + ",le=\"0.1\"} 0"),
        page());
  }

  @Test
  void aGaugeOutlivesItsSupplierOnTheHeap() {
    metrics.gauge("queue.size", "Orders that wait.", () -> 7);
    System.gc();
    assertEquals(7, sum("queue_size"));
  }

  @Test
  void theHostsRegistryStaysTheHosts() {
    PrometheusMeterRegistry host = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    OpsMetrics.builder().registry(host).build().close();
    assertFalse(host.isClosed());
    assertThrows(
        IllegalArgumentException.class,
        () -> OpsMetrics.builder().registry(host).commonTag("a", "b").build());
    host.close();
  }
}
