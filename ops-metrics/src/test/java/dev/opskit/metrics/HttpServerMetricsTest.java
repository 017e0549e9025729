package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import io.micrometer.core.instrument.config.MeterFilter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerMetricsTest {
  private static final String[] METHODS = {"GET", "POST", "PUT", "DELETE"};
  private static final int[] ANSWERS = {200, 201, 400, 404, 405, 500, 503, 299, 599, 999};

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final Page page = new Page(metrics);
  private final CorrelationContext context = CorrelationContext.of("test");

  @AfterEach
  void close() {
    metrics.close();
  }

  private void send(RequestObserver http, String method, String route, int status) {
    RequestInfo request = new RequestInfo(method, "/", null, context);
    http.started(request);
    http.finished(
        request,
        new RequestOutcome(
            route.isEmpty() ? null : route, status, Duration.ofMillis(200), -1, null));
  }

  @Test
  void aMillionRandomUrlsAndMethodsCostNoSeriesNoHeapAndNoRequest() {
    RouteTemplates routes = RouteTemplates.of("/orders", "/orders/{id}");
    RequestObserver http = metrics.http(routes);
    Random random = new Random(42);
    int sent = 1_000_000;
    Map<Integer, Integer> byClass = new TreeMap<>();
    long before = usedHeap();
    attack(http, routes, random, sent, byClass);
    long grown = usedHeap() - before;
    assertTrue(grown < 1_000_000, grown + " bytes");

    assertEquals(sent, page.sum("http_requests_total"));
    assertEquals(sent, page.sum("http_request_duration_seconds_count"));
    assertEquals(0, page.value("active_connections"));
    int bound = 3 * HttpLabels.methods() * HttpLabels.statuses();
    long series = page.series("http_requests_total").count();
    assertTrue(series <= bound, series + " series, at most " + bound);
    assertTrue(page.series("http_request_duration_seconds_bucket").count() <= 3 * 8 * 10);
    byClass.forEach(
        (hundreds, count) ->
            assertEquals(count.intValue(), requestsOfClass(hundreds), hundreds + "xx"));
  }

  private void attack(
      RequestObserver http,
      RouteTemplates routes,
      Random random,
      int requests,
      Map<Integer, Integer> byClass) {
    for (int i = 0; i < requests; i++) {
      String path =
          random.nextInt(10) == 0
              ? "/orders/" + random.nextInt()
              : "/" + Long.toHexString(random.nextLong());
      String method =
          random.nextBoolean()
              ? METHODS[random.nextInt(METHODS.length)]
              : "M" + Long.toHexString(random.nextLong());
      int status = ANSWERS[random.nextInt(ANSWERS.length)];
      byClass.merge(status / 100, 1, Integer::sum);
      String route = routes.match(path);
      send(http, method, route == null ? "" : route, status);
    }
  }

  private double requestsOfClass(int hundreds) {
    String value = hundreds == 9 ? "_other" : hundreds + "..";
    return page.series("http_requests_total")
        .filter(line -> line.matches(".*status_code=\"" + value + "\".*"))
        .mapToDouble(Page::number)
        .sum();
  }

  /** The least of several collections, as one may come too early for what just became garbage. */
  private static long usedHeap() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    return IntStream.range(0, 5)
        .mapToLong(
            i -> {
              System.gc();
              return memory.getHeapMemoryUsage().getUsed();
            })
        .min()
        .orElseThrow();
  }

  @Test
  void onlyTheLabelThatIsUnknownIsFolded() {
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    send(http, "BREW", "/orders", 200);
    send(http, "GET", "/undeclared", 503);
    send(http, "GET", "", 404);
    send(http, "GET", "/orders", 599);
    send(http, "GET", "/orders", 1000);
    send(http, "GET", "/orders", -1);
    String metric = "http_requests_total";
    assertEquals(1, page.value(metric + labels("_other", "/orders", "200")));
    assertEquals(1, page.value(metric + labels("GET", "_other", "503")));
    assertEquals(1, page.value(metric + labels("GET", "_other", "404")));
    assertEquals(1, page.value(metric + labels("GET", "/orders", "5xx")));
    assertEquals(2, page.value(metric + labels("GET", "/orders", "_other")));
    assertEquals(1, page.value("ops_metrics_folded_total{label=\"method\"}"));
    assertEquals(2, page.value("ops_metrics_folded_total{label=\"route\"}"));
    assertEquals(3, page.value("ops_metrics_folded_total{label=\"status_code\"}"));
  }

  @Test
  void whatNobodyHoldsAnyMoreStillCounts() {
    send(metrics.http(RouteTemplates.of("/orders")), "BREW", "/orders", 200);
    System.gc();
    assertEquals(1, page.value("ops_metrics_folded_total{label=\"method\"}"));
    assertEquals(0, page.value("active_connections"));
  }

  @Test
  void requestsAreActiveFromTheirBeginningToTheirEnd() {
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    RequestInfo request = new RequestInfo("GET", "/orders", null, context);
    http.started(request);
    http.started(request);
    assertEquals(2, page.value("active_connections"));
    send(http, "POST", "/orders", 201);
    assertEquals(2, page.value("active_connections"));
    http.finished(request, new RequestOutcome(null, 404, Duration.ofMillis(1), -1, null));
    assertEquals(1, page.value("active_connections"));
  }

  @Test
  void requestsEndAlsoForWhomTheirCounterIsDenied() {
    metrics.registry().config().meterFilter(MeterFilter.denyNameStartsWith("http.requests"));
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    send(http, "GET", "/orders", 200);
    assertEquals(0, page.series("http_requests_total").count());
    assertEquals(0, page.value("active_connections"));
  }

  private static String labels(String method, String route, String status) {
    return "{method=\"%s\",route=\"%s\",status_code=\"%s\"}".formatted(method, route, status);
  }

  @Test
  void everyStatusIsItselfOrItsClass() {
    for (int status = -10; status < 1_100; status++) {
      String name = HttpLabels.statusName(HttpLabels.status(status));
      boolean known = status >= 100 && status <= 599;
      String folded = known ? status / 100 + "xx" : "_other";
      assertTrue(name.equals(Integer.toString(status)) || name.equals(folded), name);
    }
    for (int usual : new int[] {100, 200, 204, 301, 308, 404, 418, 429, 451, 500, 503, 511}) {
      assertEquals(Integer.toString(usual), HttpLabels.statusName(HttpLabels.status(usual)));
    }
  }

  @Test
  void theFirstServerErrorOfARouteIsPrecededByAZero() {
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    send(http, "GET", "/orders", 200);
    assertEquals(0, page.value("http_requests_total" + labels("GET", "/orders", "500")));
  }

  @Test
  void routesBeyondTheMaximumShareOneValue() {
    try (OpsMetrics small = OpsMetrics.builder().jvm(false).maxRoutes(2).build()) {
      RequestObserver http = small.http(RouteTemplates.of("/a", "/b", "/c", "/d"));
      for (String route : new String[] {"/a", "/b", "/c", "/d"}) {
        send(http, "GET", route, 200);
      }
      Page of = new Page(small);
      assertEquals(1, of.value("http_requests_total" + labels("GET", "/b", "200")));
      assertEquals(2, of.value("http_requests_total" + labels("GET", "_other", "200")));
      assertEquals(2, of.value("ops_metrics_folded_total{label=\"route\"}"));
    }
  }

  @Test
  void bucketsCanBeSet() {
    try (OpsMetrics other =
        OpsMetrics.builder().jvm(false).httpBuckets(Duration.ofMillis(200)).build()) {
      send(other.http(RouteTemplates.of("/a")), "GET", "/a", 200);
      Page of = new Page(other);
      String metric = "http_request_duration_seconds_bucket{method=\"GET\",route=\"/a\",le=";
      assertEquals(1, of.value(metric + "\"0.2\"}"));
      assertEquals(2, of.series("http_request_duration_seconds_bucket").count());
    }
  }

  @Test
  void badOptionsAreRefused() {
    metrics.http(RouteTemplates.of("/a"));
    refused("http: the metric http_requests exists", () -> metrics.http(RouteTemplates.of("/b")));
    refused("maxRoutes is -1", () -> OpsMetrics.builder().maxRoutes(-1).build());
    refused("maxRoutes is 10001", () -> OpsMetrics.builder().maxRoutes(10_001).build());
    refused("httpBuckets", () -> OpsMetrics.builder().httpBuckets().build());
    refused("commonTag 'outcome'", () -> OpsMetrics.builder().commonTag("outcome", "x").build());
    refused("commonTag 'a-b'", () -> OpsMetrics.builder().commonTag("a-b", "x").build());
  }

  private static void refused(String message, Runnable bad) {
    var refused = assertThrows(IllegalArgumentException.class, bad::run);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void recordingAllocatesNothingWhetherInTheScopeOrNot() {
    RequestObserver http = metrics.http(RouteTemplates.of("/orders"));
    RequestInfo request = new RequestInfo("POST", "/orders", null, context);
    RequestInfo hostile = new RequestInfo("BREW", "/x", null, context);
    RequestOutcome good = new RequestOutcome("/orders", 201, Duration.ofMillis(5), -1, null);
    RequestOutcome bad = new RequestOutcome(null, 599, Duration.ofMillis(5), -1, null);
    Runnable requests =
        () -> {
          http.started(request);
          http.finished(request, good);
          http.started(hostile);
          http.finished(hostile, bad);
        };
    assertEquals(0, Garbage.bytesPerCall(requests));
    try (CorrelationContext.Scope scope = context.open()) {
      assertEquals(0, Garbage.bytesPerCall(requests));
    }
  }
}
