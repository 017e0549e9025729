package dev.opskit.testkit.core.builtin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.alert.Alert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that alerts are posted to, and that can stop answering. */
abstract class FarEnd implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  final Map<Map<?, ?>, Alert> firing = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean stalled;

  FarEnd() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Takes what was posted; the status to answer with. */
  abstract int take(Object json);

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  Collection<Alert> firing() {
    return List.copyOf(firing.values());
  }

  void stall() {
    stalled = true;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange;
        JsonParser parser = JSON.createParser(exchange.getRequestBody())) {
      parser.nextToken();
      Object json = read(parser);
      if (stalled) {
        closed.await();
      }
      exchange.sendResponseHeaders(take(json), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static Alert alert(Map<?, ?> labels, String name, Object summary) {
    Map<String, String> all = new LinkedHashMap<>();
    labels.forEach((label, value) -> all.put((String) label, (String) value));
    return new Alert(name, Alert.Severity.INFO, (String) summary, all, Instant.EPOCH);
  }

  private static Object read(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, read(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(read(parser));
      }
      return array;
    }
    return parser.getText();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
