package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void only200IsUp() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/health", exchange -> answer(exchange, 200));
    server.createContext("/ready", exchange -> answer(exchange, 503));
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    assertTrue(Probe.isUp(address + "/health"));
    assertFalse(Probe.isUp(address + "/ready"));
    server.stop(0);
    assertFalse(Probe.isUp(address + "/health"), "nobody listens");
    assertFalse(Probe.isUp("not an address"));
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }
}
