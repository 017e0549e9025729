package dev.opskit.testkit.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.testkit.secrets.FakeSecretsManager.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP on loopback: reads each call, lets it be answered or go wrong, and keeps what came. */
final class FakeServer {
  private final FakeOperations operations;
  private final FakeFaults faults;
  private final Queue<Call> journal = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fake-secrets-manager");
            thread.setDaemon(true);
            return thread;
          });

  FakeServer(FakeOperations operations, FakeFaults faults) throws IOException {
    this.operations = operations;
    this.faults = faults;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Call> journal() {
    return List.copyOf(journal);
  }

  List<String> takeComplaints() {
    List<String> taken = List.copyOf(complaints);
    complaints.clear();
    return taken;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      FakeExchange answering = new FakeExchange(exchange, closing);
      try {
        AwsCall call = AwsCall.read(exchange, exchange.getRequestBody().readAllBytes());
        operations.requireKnown(call.operation());
        answer(call, answering);
      } catch (IllegalArgumentException e) {
        complaints.add(String.valueOf(e.getMessage()));
        answering.send(AwsAnswer.of(AwsError.unknown()), null);
      }
    }
  }

  private void answer(AwsCall call, FakeExchange answering) throws IOException {
    SecretsManagerFault fault = faults.take(call.operation()).orElse(null);
    AwsAnswer answer = FakeFaults.instead(fault).orElseGet(() -> operations.answer(call));
    String told = fault instanceof SecretsManagerFault.Cut ? "CUT" : answer.code();
    // Before it is sent, so that who got it finds it there.
    journal.add(new Call(call.operation(), FakeOperations.names(call), told));
    answering.send(answer, fault);
  }

  void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
