package dev.opskit.verification.integration.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.metrics.Operation;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.Slo;
import dev.opskit.verification.integration.RealParts;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PrometheusIT {
  private static final String MEND = "install Debian's package 'prometheus'";
  private static final int REQUESTS = 17;
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir Path folder;

  private final OpsMetrics metrics = OpsMetrics.builder().commonTag("service", "orders").build();

  @BeforeEach
  void record() throws Exception {
    RouteTemplates routes = RouteTemplates.of("/orders/{id}");
    RequestObserver http = metrics.http(routes);
    for (int i = 0; i < REQUESTS; i++) {
      RequestInfo request =
          new RequestInfo("GET", "/orders/" + i, null, CorrelationContext.create());
      http.started(request);
      http.finished(
          request,
          new RequestOutcome(routes.match(request.path()), 200, Duration.ofMillis(i), 10, null));
    }
    Operation orders =
        metrics
            .operation("orders_processed", "Orders handled.")
            .slo(Slo.success("99.9"), Slo.latency("99", Duration.ofMillis(500)))
            .register();
    Map<String, String> headers = Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
    try (CorrelationContext.Scope scope = CorrelationContext.accept(headers::get).open()) {
      orders.run(() -> {});
    }
    metrics
        .amount("payment_amount_dollars", "Payment amounts in dollars.")
        .register()
        .record(new BigDecimal("129.90"));
    // So that the meters that come with the first collection are on the page.
    System.gc();
    metrics.gauge("queue.size", "Orders that wait.", () -> 3);
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void promtoolHasNothingToSayAboutThePage() throws Exception {
    Path promtool = RealParts.executable("prometheus", "promtool", MEND);
    byte[] page = metrics.endpoints().handle(OpsRequest.get("/metrics")).body();
    Path file = Files.write(folder.resolve("page.txt"), page);
    Process check =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("", said);
    assertEquals(0, check.waitFor());
  }

  @Test
  void aRealPrometheusScrapesThePageAndCountsRight() throws Exception {
    Path prometheus = RealParts.executable("prometheus", "prometheus", MEND);
    try (JdkOpsServer server = JdkOpsServer.builder().mount(metrics.endpoints()).start()) {
      int port = freePort();
      Path config =
          Files.writeString(
              folder.resolve("prometheus.yml"),
              """
              global:
                scrape_interval: 1s
              scrape_configs:
                - job_name: orders
                  static_configs:
                    - targets: ['127.0.0.1:%d']
              """
                  .formatted(server.port()));
      Process process =
          new ProcessBuilder(
                  prometheus.toString(),
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=127.0.0.1:" + port,
                  "--enable-feature=exemplar-storage")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("prometheus.log").toFile())
              .start();
      try {
        String answer =
            await(
                port,
                "query?query=",
                "sum(http_requests_total{route=\"/orders/{id}\",status_code=\"200\","
                    + "method=\"GET\",service=\"orders\"})");
        assertTrue(answer.contains("\"" + REQUESTS + "\"]"), answer);
        String exact = await(port, "query?query=", "payment_amount_dollars_exact_total");
        assertTrue(exact.contains("\"129.9\"]"), exact);
        String exemplars =
            await(port, "query_exemplars?query=", "orders_processed_duration_seconds_bucket");
        assertTrue(exemplars.contains("\"trace_id\":\"" + TRACE + "\""), exemplars);
      } finally {
        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "Prometheus did not stop");
      }
    }
  }

  private static String await(int port, String api, String query) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/%s%s"
                .formatted(port, api, URLEncoder.encode(query, StandardCharsets.UTF_8)));
    String last = "no answer";
    for (int i = 0; i < 300; i++) {
      try {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        last = client.send(request, BodyHandlers.ofString()).body();
        if (last.contains("\"value\"")) {
          return last;
        }
      } catch (IOException notYet) {
        last = notYet.toString();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("Prometheus never answered with a value: " + last);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
