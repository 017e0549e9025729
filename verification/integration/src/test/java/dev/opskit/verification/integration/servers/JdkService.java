package dev.opskit.verification.integration.servers;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The service as a handler of the JDK's server. */
final class JdkService {
  private JdkService() {}

  static void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath().split("/")[1]) {
      case "fine" -> send(exchange, 200);
      case "busy" -> send(exchange, 503);
      case "fails" -> throw new IllegalStateException("expected");
      default -> send(exchange, 404);
    }
  }

  private static void send(HttpExchange exchange, int status) throws IOException {
    byte[] text = "text".getBytes(StandardCharsets.UTF_8);
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : text.length);
    if (!isHead) {
      exchange.getResponseBody().write(text);
    }
    exchange.close();
  }
}
