package dev.opskit.verification.integration.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands for the active Service: hands each request to the instance that is active when it comes,
 * on a connection of its own. Whoever starts it closes it.
 */
final class BlueGreenProxy implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile int active;

  private BlueGreenProxy(HttpServer server, int active) {
    this.server = server;
    this.active = active;
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

  void switchTo(int port) {
    active = port;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + active + exchange.getRequestURI())
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestMethod(exchange.getRequestMethod());
      connection.setDoOutput(true);
      connection.getOutputStream().write(exchange.getRequestBody().readAllBytes());
      int status = status(connection);
      byte[] body = new byte[0];
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        body = in == null ? body : in.readAllBytes();
      } catch (IOException noAnswer) {
        status = 502;
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static int status(HttpURLConnection connection) {
    try {
      return connection.getResponseCode();
    } catch (IOException noAnswer) {
      return 502;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
