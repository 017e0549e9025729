package dev.opskit.verification.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A library that answers probes from the same checks as the others: {@code check-0}, {@code
 * check-1} and so on, each of which does its work and is up. May be probed by several threads.
 */
interface HealthPeer extends AutoCloseable {
  /** Makes one with a check for each piece of work. */
  @FunctionalInterface
  interface Factory {
    HealthPeer with(List<Runnable> work);
  }

  /** The body that goes over the wire. */
  byte[] probe() throws IOException;

  /** The same over HTTP, with the status that the peer means. */
  void answer(HttpExchange exchange) throws IOException;

  @Override
  void close();

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  static String nameOf(int check) {
    return "check-" + check;
  }

  /** The same work for each of so many checks. */
  static List<Runnable> checks(int count, Runnable work) {
    List<Runnable> checks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      checks.add(work);
    }
    return checks;
  }
}
