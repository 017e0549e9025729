package dev.opskit.testkit.rules;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.health.HealthResult;
import dev.opskit.health.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Orders on one port, probes and metrics on another. Closed by whoever starts it. */
record SmallService(HttpServer orders, HttpServer ops, Health health, ExecutorService threads)
    implements AutoCloseable {
  private static final String METRICS =
      """
      # HELP http_requests_total Requests.
      http_requests_total{method="GET",status_code="200",path="/a}b\\""} 5 1700000000
      jvm_threads 12
      """;

  static SmallService start() throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer orders = server(threads);
    HttpServer ops = server(threads);
    ops.createContext("/health", exchange -> answer(exchange, "/health", 200, "{}"));
    ops.createContext("/ready", exchange -> answer(exchange, "/ready", 503, "{}"));
    ops.createContext("/metrics", exchange -> answer(exchange, "/metrics", 200, METRICS));
    Health health = Health.builder().check("one", context -> HealthResult.up()).start();
    return new SmallService(orders, ops, health, threads);
  }

  private static HttpServer server(ExecutorService threads) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, String path, int status, String body)
      throws IOException {
    try (exchange) {
      boolean isIt = exchange.getRequestURI().getPath().equals(path);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(isIt ? status : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  RunningService running() {
    return RunningService.of(() -> {})
        .serving(8080, orders.getAddress().getPort())
        .serving(9000, ops.getAddress().getPort())
        .health(health)
        .drain(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    health.close();
    orders.stop(0);
    ops.stop(0);
    threads.shutdownNow();
  }
}
