package dev.opskit.secrets.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * GetSecretValue over HTTP on loopback, as the service speaks it. Strict: what it does not know it
 * refuses and keeps as a complaint, which the test must find empty.
 */
final class FakeSecretsManager implements AutoCloseable {
  static final String JSON = "application/x-amz-json-1.1";

  final FakeVault vault = new FakeVault();
  final List<String> complaints = new CopyOnWriteArrayList<>();

  /** What every request gets while it is set. */
  volatile @Nullable Answer fault;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  /** A status and a body; status 0 hangs up. */
  record Answer(int status, String body) {
    static final Answer HANG_UP = new Answer(0, "");

    static Answer error(int status, String code, String message) {
      return new Answer(status, "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }
  }

  FakeSecretsManager() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      Answer answer = answer(exchange, request);
      if (answer.status() == 0) {
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", JSON);
      exchange.getResponseHeaders().set("x-amzn-RequestId", "1a2b3c4d-0000");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    try {
      GetSecretValueCall call = GetSecretValueCall.read(exchange, body);
      Answer wanted = fault;
      return wanted == null ? vault.get(call) : wanted;
    } catch (IOException | IllegalArgumentException e) {
      complaints.add(String.valueOf(e.getMessage()));
      return Answer.error(400, "UnknownOperationException", "refused by the fake");
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
