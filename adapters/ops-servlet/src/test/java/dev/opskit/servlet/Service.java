package dev.opskit.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A service in a container, its client, and an observer that writes down what it is told. */
final class Service implements RequestObserver, AutoCloseable {
  record Told(@Nullable CorrelationContext scope, RequestInfo request, RequestOutcome end) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BlockingQueue<Told> ended = new LinkedBlockingQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final Container.Running container;

  private Service(Container where, BiConsumer<ServletContext, OpsFilter> setUp) throws Exception {
    container = where.start(context -> setUp.accept(context, OpsFilter.of(this)));
  }

  static Service start(Container where, BiConsumer<ServletContext, OpsFilter> setUp)
      throws Exception {
    return new Service(where, setUp);
  }

  static void refuse(ServletResponse response) throws IOException {
    ((HttpServletResponse) response).sendError(Container.TEAPOT);
  }

  /** What was told of the request with that id. */
  Told told(String id) throws InterruptedException {
    Told told = ended.take();
    while (!told.request().correlation().id().equals(id)) {
      told = ended.take();
    }
    return told;
  }

  HttpResponse<String> send(String method, String path, String id) throws Exception {
    return client.send(request(method, path, id), BodyHandlers.ofString());
  }

  /** The id that comes with the head of the answer, whose end is not waited for. */
  String firstHeader(String path, String id) throws Exception {
    return client
        .send(request("GET", path, id), BodyHandlers.ofInputStream())
        .headers()
        .firstValue("x-correlation-id")
        .orElse("none");
  }

  private HttpRequest request(String method, String path, String id) {
    sent.incrementAndGet();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + container.port() + path))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .header("X-Correlation-ID", id)
        .build();
  }

  @Override
  public void started(RequestInfo request) {
    begun.incrementAndGet();
  }

  @Override
  public void finished(RequestInfo request, RequestOutcome outcome) {
    done.incrementAndGet();
    ended.add(new Told(CorrelationContext.current(), request, outcome));
  }

  /** Waits for the container, so that nothing more is told. */
  @Override
  public void close() throws Exception {
    container.close();
    assertEquals(
        List.of(sent.get(), sent.get()), List.of(begun.get(), done.get()), "each is told once");
  }
}
