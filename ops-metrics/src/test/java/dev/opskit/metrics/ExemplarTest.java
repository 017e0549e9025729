package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExemplarTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final Page page = new Page(metrics);
  private final Operation orders =
      metrics.operation("orders_processed", "Orders handled.").register();

  @AfterEach
  void close() {
    metrics.close();
  }

  private static CorrelationContext incoming(String id, String flags) {
    return CorrelationContext.accept(
        Map.of("x-correlation-id", id, "traceparent", "00-" + TRACE + "-" + SPAN + "-" + flags)
            ::get);
  }

  /** The label that leads from a line of the page to the request. */
  private String exemplar(String series) {
    return page.openMetrics()
        .lines()
        .filter(line -> line.startsWith(series) && line.contains(" # {"))
        .map(line -> line.replaceAll(".*trace_id=\"([^\"]*)\".*", "$1"))
        .findFirst()
        .orElse("none");
  }

  @Test
  void aSampledTraceIsWhatAnExemplarLeadsTo() {
    try (CorrelationContext.Scope scope = incoming("order-17", "01").open()) {
      orders.run(() -> {});
    }
    assertEquals(TRACE, exemplar("orders_processed_duration_seconds_bucket"));
    assertEquals(TRACE, exemplar("orders_processed_total{outcome=\"ok\"}"));
    assertTrue(page.openMetrics().contains("span_id=\"" + SPAN + "\""));
    assertFalse(page.text().contains(TRACE), "the text format knows no exemplars");
  }

  @Test
  void exemplarsAreOnlyWhereOpenMetricsHasThem() {
    try (CorrelationContext.Scope scope = incoming("order-17", "01").open()) {
      orders.run(() -> {});
    }
    List<String> elsewhere =
        page.openMetrics()
            .lines()
            .filter(line -> line.contains(" # {"))
            .filter(line -> !line.matches("\\w+(_bucket|_total)\\{.*"))
            .toList();
    assertEquals(List.of(), elsewhere);
  }

  @Test
  void withoutASampledTraceItLeadsToTheLogLines() {
    try (CorrelationContext.Scope scope = incoming("order-17", "00").open()) {
      orders.run(() -> {});
    }
    assertEquals("order-17", exemplar("orders_processed_duration_seconds_bucket"));
  }

  @Test
  void outsideOfARequestThereIsNone() {
    orders.run(() -> {});
    assertEquals("none", exemplar("orders_processed"));
  }

  @Test
  void anIdThatIsTooLongForAnExemplarIsLeftOut() {
    try (CorrelationContext.Scope scope = CorrelationContext.of("x".repeat(98)).open()) {
      orders.run(() -> {});
    }
    assertEquals("none", exemplar("orders_processed"));
  }

  @Test
  void theLongestIdThatFitsIsTaken() {
    String id = "x".repeat(97);
    try (CorrelationContext.Scope scope = CorrelationContext.of(id).open()) {
      orders.run(() -> {});
    }
    assertEquals(id, exemplar("orders_processed"));
  }

  @Test
  void aRequestThatEndsOutsideOfItsScopeHasItsOwn() {
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    RequestInfo request = new RequestInfo("GET", "/orders", null, incoming("order-17", "01"));
    http.started(request);
    http.finished(request, new RequestOutcome("/orders", 200, Duration.ofMillis(5), -1, null));
    assertEquals(TRACE, exemplar("http_request_duration_seconds_bucket"));
    orders.run(() -> {});
    assertEquals("none", exemplar("orders_processed"), "and nobody else has it");
  }

  @Test
  void aStageThatCompletesElsewhereHasThatOfItsBeginning() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    try (CorrelationContext.Scope scope = incoming("order-17", "01").open()) {
      orders.callAsync(() -> stage);
    }
    stage.complete("done");
    assertEquals(TRACE, exemplar("orders_processed_duration_seconds_bucket"));
  }
}
