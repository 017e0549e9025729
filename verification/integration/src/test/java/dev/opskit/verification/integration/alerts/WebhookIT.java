package dev.opskit.verification.integration.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.alert.Alert;
import dev.opskit.metrics.alert.WebhookSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WebhookIT {
  private static final byte[] KEY =
      "thirty-two bytes, known to both.".getBytes(StandardCharsets.UTF_8);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int failuresLeft;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Takes what is signed and young, each id once. */
  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      byte[] body = exchange.getRequestBody().readAllBytes();
      String id = exchange.getRequestHeaders().getFirst("webhook-id");
      String seconds = exchange.getRequestHeaders().getFirst("webhook-timestamp");
      String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
      Duration age =
          Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), Instant.now()).abs();
      if (!MessageDigest.isEqual(
              signature.getBytes(StandardCharsets.US_ASCII),
              expected(id, seconds, body).getBytes(StandardCharsets.US_ASCII))
          || age.compareTo(TOLERANCE) > 0) {
        exchange.sendResponseHeaders(422, -1);
        return;
      }
      if (ids.add(id)) {
        bodies.add(new String(body, StandardCharsets.UTF_8));
      }
      boolean fails = failuresLeft-- > 0;
      exchange.sendResponseHeaders(fails ? 503 : 204, -1);
    }
  }

  private static String expected(String id, String seconds, byte[] body) throws IOException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      mac.update((id + '.' + seconds + '.').getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private WebhookSink sink(byte[] key) {
    return WebhookSink.to(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=t"),
            key::clone)
        .firstBackoff(Duration.ofMillis(20))
        .longestBackoff(Duration.ofMillis(100))
        .build();
  }

  private static Alert alert() {
    return new Alert(
        "Broken", Alert.Severity.CRITICAL, "é \" \n", Map.of("what", "disk"), Instant.now());
  }

  private static void awaitDelivered(WebhookSink sink) throws Exception {
    LocalAlertmanager.await(
        LocalAlertmanager.PATIENCE,
        () -> "still pending: " + sink.counts(),
        () -> sink.counts().pending() == 0);
  }

  @Test
  void whatIsSignedIsTakenOnceHoweverOftenItIsSent() throws Exception {
    failuresLeft = 3;
    try (WebhookSink sink = sink(KEY)) {
      Alert alert = alert();
      sink.raise(alert);
      awaitDelivered(sink);
      assertEquals(4, requests.get());
      sink.resolve(alert.key());
      awaitDelivered(sink);
      assertEquals(2, bodies.size(), bodies::toString);
      assertTrue(bodies.get(0).startsWith("{\"type\":\"alert.firing\""), bodies::toString);
      assertTrue(bodies.get(1).startsWith("{\"type\":\"alert.resolved\""), bodies::toString);
      assertEquals(3, sink.counts().failed());
    }
  }

  @Test
  void whatIsSignedWithAnotherKeyIsRefusedAndCounted() throws Exception {
    try (WebhookSink sink =
        sink("another key, which nobody knows.".getBytes(StandardCharsets.UTF_8))) {
      sink.raise(alert());
      awaitDelivered(sink);
      assertEquals(1, sink.counts().refused());
      assertEquals(List.of(), bodies);
    }
  }
}
