package dev.opskit.core.http.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RouteTemplates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that calls the next one passes on what it was given, over real HTTP. */
@Timeout(60)
class TraceHeadersTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String OWN = "00-4bf92f3577b34da6a3ce929d0e0e4736-53995c3f42cd8ad8-01";

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Map<String, List<String>>> arrived = new LinkedBlockingQueue<>();
  private HttpServer first;
  private HttpServer second;

  @BeforeEach
  void start() throws Exception {
    second = HttpServer.create(loopback(), 0);
    second.createContext(
        "/",
        exchange -> {
          Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          headers.putAll(exchange.getRequestHeaders());
          arrived.add(headers);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    second.start();
    first = HttpServer.create(loopback(), 0);
    first
        .createContext(
            "/",
            exchange -> {
              HttpRequest.Builder call = HttpRequest.newBuilder(uri(second));
              if (exchange.getRequestURI().getPath().equals("/traced")) {
                call.header("traceparent", OWN).header("baggage", "own=1");
              }
              send(CorrelatedRequests.stamp(call).build());
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            })
        .getFilters()
        .add(JdkRequestFilter.of(RouteTemplates.of("/")));
    first.start();
  }

  @AfterEach
  void stop() {
    first.stop(0);
    second.stop(0);
  }

  @Test
  void whatCameInIsPassedOn() throws Exception {
    send(
        HttpRequest.newBuilder(uri(first))
            .header("x-correlation-id", "id-1")
            .header("traceparent", TRACE)
            .header("tracestate", "a=1,b=2")
            .header("tracestate", "c=3")
            .header("baggage", "user=7")
            .header("baggage", "region=eu")
            .build());
    Map<String, List<String>> headers = arrived.take();
    assertEquals(List.of("id-1"), headers.get("x-correlation-id"));
    assertEquals(List.of(TRACE), headers.get("traceparent"));
    assertEquals(List.of("a=1,b=2,c=3"), headers.get("tracestate"));
    assertEquals(List.of("user=7,region=eu"), headers.get("baggage"));
  }

  @Test
  void whatATracerHasSetIsLeftAlone() throws Exception {
    send(
        HttpRequest.newBuilder(uri(first).resolve("/traced"))
            .header("traceparent", TRACE)
            .header("tracestate", "a=1")
            .header("baggage", "user=7")
            .build());
    Map<String, List<String>> headers = arrived.take();
    assertEquals(List.of(OWN), headers.get("traceparent"));
    assertEquals(null, headers.get("tracestate"));
    assertEquals(List.of("own=1"), headers.get("baggage"));
  }

  @Test
  void twoTraceParentsAreNotPassedOn() throws Exception {
    send(
        HttpRequest.newBuilder(uri(first))
            .header("traceparent", TRACE)
            .header("traceparent", OWN)
            .header("tracestate", "a=1")
            .build());
    Map<String, List<String>> headers = arrived.take();
    assertEquals(null, headers.get("traceparent"));
    assertEquals(null, headers.get("tracestate"));
  }

  @Test
  void anAnswerThatComesLaterIsHandledInTheContextOfTheCall() throws Exception {
    CompletableFuture<String> seen;
    try (CorrelationContext.Scope scope = CorrelationContext.of("mine").open()) {
      HttpRequest request = CorrelatedRequests.stamp(HttpRequest.newBuilder(uri(second))).build();
      CompletableFuture<String> released = new CompletableFuture<>();
      seen =
          CorrelationContext.wrap(
                  released.thenCompose(go -> client.sendAsync(request, BodyHandlers.discarding())))
              .thenApply(answer -> answer.statusCode() + " " + currentId());
      released.complete("go");
    }
    assertEquals("204 mine", seen.get());
  }

  private void send(HttpRequest request) {
    try {
      assertEquals(204, client.send(request, BodyHandlers.discarding()).statusCode());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String currentId() {
    CorrelationContext context = CorrelationContext.current();
    return context == null ? "none" : context.id();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static URI uri(HttpServer server) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }
}
