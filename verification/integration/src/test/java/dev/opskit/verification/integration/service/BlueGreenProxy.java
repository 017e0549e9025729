package dev.opskit.verification.integration.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands for the active Service: hands each request to the instance that is active when it comes,
 * on a connection of its own. As on a cluster's machines, one of which hears of a switch before the
 * other, the requests take turns on two routes. Whoever starts it closes it.
 */
final class BlueGreenProxy implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final Pattern ANSWER =
      Pattern.compile(
          "(?is)HTTP/1\\.1 (\\d{3}) .*?\r\nContent-Length: (\\d+)(?=\r\n).*?\r\n\r\n(.*)");

  private record Answer(int status, String body) {}

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int first;
  private volatile int second;

  private BlueGreenProxy(HttpServer server, int active) {
    this.server = server;
    this.first = active;
    this.second = active;
  }

  static BlueGreenProxy to(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    BlueGreenProxy proxy = new BlueGreenProxy(server, port);
    server.createContext("/", proxy::forward);
    server.setExecutor(proxy.threads);
    server.start();
    return proxy;
  }

  /** From now on every other request goes there. */
  void beginSwitchTo(int port) {
    first = port;
  }

  /** From now on all requests go there. */
  void endSwitch() {
    second = first;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void forward(HttpExchange exchange) throws IOException {
    int active = requests.getAndIncrement() % 2 == 0 ? first : second;
    try (exchange) {
      Answer answer;
      try {
        answer = ask(active, exchange);
      } catch (IOException noAnswer) {
        answer = new Answer(502, noAnswer.toString());
      }
      byte[] body = bytes(answer.body());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** By hand, since the platform's clients send again what was lost, and nobody would see that. */
  private static Answer ask(int port, HttpExchange exchange) throws IOException {
    byte[] order = exchange.getRequestBody().readAllBytes();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(
        bytes(
            "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), order.length)));
    request.write(order);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.toByteArray());
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      Matcher answer = ANSWER.matcher(all);
      if (!answer.matches() || Integer.parseInt(answer.group(2)) != answer.group(3).length()) {
        throw new EOFException("cut off: '" + all + "'");
      }
      return new Answer(Integer.parseInt(answer.group(1)), answer.group(3));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
