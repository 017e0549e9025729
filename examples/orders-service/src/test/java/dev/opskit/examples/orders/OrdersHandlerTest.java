package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.metrics.OpsMetrics;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real server, and with a database that does not answer. */
@Timeout(30)
class OrdersHandlerTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final OpsMetrics metrics = OpsMetrics.builder().build();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    OrderStore store = new OrderStore(unreachable());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/orders", new OrdersHandler(new Checkout(metrics, store), store));
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    metrics.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "teapot",
        "{\"item\":\"teapot\",\"quantity\":1,\"amount\":1",
        "{\"item\":\"teapot\",\"quantity\":1,\"amount\":1} {}",
        "{\"item\":\"teapot\",\"quantity\":1.5,\"amount\":1}",
        "{\"item\":\"teapot\",\"quantity\":99999999999,\"amount\":1}",
        "{\"item\":\"teapot\",\"quantity\":1,\"amount\":\"many\"}",
        "{\"item\":{},\"quantity\":1,\"amount\":1}",
        "{\"item\":\"teapot\",\"quantity\":1,\"amount\":1,\"price\":0}",
        "{\"item\":\"tea\\u0000pot\",\"quantity\":1,\"amount\":1}",
        "{\"item\":\"tea\\ud83epot\",\"quantity\":1,\"amount\":1}",
        "{}"
      })
  void whatIsNotAnOrderIsRefusedBeforeAnybodyAsksTheDatabase(String body) throws Exception {
    HttpResponse<String> response = send("POST", "/orders", body);
    assertEquals(400, response.statusCode(), response.body());
    assertTrue(response.body().startsWith("{\"error\":\""), response.body());
    assertEquals(0, asked.get());
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    String padding = " ".repeat(16 * 1024);
    HttpResponse<String> response = send("POST", "/orders", padding + "{}");
    assertEquals(413, response.statusCode());
    assertEquals(400, send("POST", "/orders", padding.substring(2) + "{}").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /orders, 'GET, POST'",
    "DELETE, /orders, 'GET, POST'",
    "HEAD, /orders, 'GET, POST'",
    "POST, /orders/1, GET",
    "PATCH, /orders/1, GET"
  })
  void anUnknownMethodIsToldWhichAreKnown(String method, String path, String allowed)
      throws Exception {
    HttpResponse<String> response = send(method, path, "");
    assertEquals(405, response.statusCode());
    assertEquals(allowed, response.headers().firstValue("allow").orElseThrow());
    assertEquals(method.equals("HEAD"), response.body().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/",
        "/orders/x",
        "/orders/-1",
        "/orders/1/2",
        "/orders/1234567890123456789",
        "/orders/%D9%A1",
        "/orders/1%20OR%201",
        "/ordersX",
        "/ordersX12"
      })
  void whatIsNoIdIsNotFoundWithoutAskingTheDatabase(String path) throws Exception {
    assertEquals(404, send("GET", path, "").statusCode());
    assertEquals(0, asked.get());
  }

  @Test
  void aPaymentThatFailsIsToldBeforeTheDatabaseIsAsked() throws Exception {
    HttpResponse<String> response =
        send("POST", "/orders", "{\"item\":\"gift card\",\"quantity\":1,\"amount\":25}");
    assertEquals(502, response.statusCode());
    assertEquals(0, asked.get());
  }

  @ParameterizedTest
  @CsvSource({"GET, /orders", "GET, /orders/1", "POST, /orders"})
  void aDatabaseThatDoesNotAnswerMeansTryAgainAndShowsNothingOfIt(String method, String path)
      throws Exception {
    HttpResponse<String> response =
        send(method, path, "{\"item\":\"teapot\",\"quantity\":1,\"amount\":7.5}");
    assertEquals(503, response.statusCode());
    assertEquals("5", response.headers().firstValue("retry-after").orElseThrow());
    assertEquals("{\"error\":\"the database does not answer, try again\"}", response.body());
    assertEquals(1, asked.get());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
    return client.send(
        request
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  /** Knows one way to fail; anything else that is asked of it fails the request. */
  private DataSource unreachable() {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection")) {
                asked.incrementAndGet();
                throw new SQLException("no route to db.internal", "08001");
              }
              throw new AssertionError("unexpected: " + method);
            });
  }
}
