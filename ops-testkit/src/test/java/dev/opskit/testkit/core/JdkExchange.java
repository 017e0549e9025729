package dev.opskit.testkit.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** How a handler of the contract answers on the JDK's server. */
public record JdkExchange(HttpExchange exchange)
    implements RequestObserverAdapterContract.Exchange {

  /** A server that is not started yet. */
  public static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
  }

  /** Starts it on threads that are waited for when it is closed. */
  public static RunningServer start(HttpServer server) {
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
    return new RunningServer(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdown();
          threads.awaitTermination(1, TimeUnit.MINUTES);
        });
  }

  @Override
  public void send(int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    boolean hasNone = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, hasNone ? -1 : body.length);
    if (!hasNone) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void begin(int status, String part) throws IOException {
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }
}
