package dev.opskit.core.http.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdkRequestFilterTest {
  private static final RequestObserver FAILING =
      (request, outcome) -> {
        throw new NoClassDefFoundError("expected");
      };

  private record Told(
      @Nullable CorrelationContext scope, RequestInfo request, RequestOutcome end) {}

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final BlockingQueue<RequestInfo> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Told> ended = new LinkedBlockingQueue<>();
  private final BlockingQueue<CorrelationContext> handled = new LinkedBlockingQueue<>();
  private HttpServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(pool);
    RequestObserver recording =
        new RequestObserver() {
          @Override
          public void started(RequestInfo request) {
            assertTrue(handled.isEmpty());
            begun.add(request);
          }

          @Override
          public void finished(RequestInfo request, RequestOutcome outcome) {
            ended.add(new Told(CorrelationContext.current(), request, outcome));
          }
        };
    JdkRequestFilter filter =
        JdkRequestFilter.of(RouteTemplates.of("/ok/{id}", "/{other}"), FAILING, recording);
    mount(filter, "/ok/", 200, "body");
    mount(filter, "/missing", 404, "");
    server
        .createContext(
            "/error",
            exchange -> {
              throw new StackOverflowError("expected");
            })
        .getFilters()
        .add(filter);
    server.createContext("/silent", exchange -> {}).getFilters().add(filter);
    server
        .createContext(
            "/halfway",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
              throw new IOException("expected");
            })
        .getFilters()
        .add(filter);
    server.start();
    client = new RawClient(server.getAddress().getPort());
  }

  private void mount(JdkRequestFilter filter, String path, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpHandler handler =
        exchange -> {
          handled.add(CorrelationContext.current());
          boolean withBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
          if (!withBody && bytes.length > 0) {
            exchange.getResponseHeaders().set("Content-Length", "some");
          }
          exchange.sendResponseHeaders(status, withBody ? bytes.length : -1);
          if (withBody) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        };
    server.createContext(path, handler).getFilters().add(filter);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.stop(0);
    assertNull(pool.submit(CorrelationContext::current).get());
    assertTrue(ended.isEmpty() && begun.isEmpty(), "observers are told once: " + ended + begun);
    pool.shutdownNow();
  }

  @Test
  void theHandlerAndTheObserversRunInTheContextThatTheClientSent() throws Exception {
    String answer = get("/ok/42?q", "X-Correlation-ID: id-1\r\nUser-Agent: test\r\n").answer();
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains("\r\nX-correlation-id: id-1\r\n"), answer);
    CorrelationContext context = handled.take();
    assertEquals("id-1", context.id());
    assertEquals(new RequestInfo("GET", "/ok/42", "test", context), begun.take());
    Told told = ended.take();
    assertSame(context, told.scope());
    assertSame(context, told.request().correlation());
    assertOutcome("/ok/{id}", 200, 4, told.end());
    assertNull(told.end().failure());
  }

  @Test
  void aBadIdIsReplacedAndNotRepeated() throws Exception {
    String answer = get("/ok/1", "X-Correlation-ID: <b@d>\r\n").answer();
    String id = handled.take().id();
    assertTrue(id.matches("[0-9a-f]{32}"), id);
    assertTrue(answer.contains("\r\nX-correlation-id: " + id + "\r\n"), answer);
    assertFalse(answer.contains("b@d"), answer);
    takeBoth();
  }

  @Test
  void aHandlerThatThrowsAnErrorIsAnsweredWith500() throws Exception {
    assertServerError("/error", StackOverflowError.class);
  }

  @Test
  void aHandlerThatReturnsWithoutAnAnswerIsAnsweredWith500() throws Exception {
    assertServerError("/silent", IllegalStateException.class);
  }

  @Test
  void anAnswerThatTheHandlerCouldNotFinishIsCutOffNotCompleted() throws Exception {
    String answer = get("/halfway", "").rest();
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.endsWith("\r\n\r\n4\r\nhalf\r\n"), answer);
    Told told = takeBoth();
    assertOutcome("/{other}", 500, -1, told.end());
    assertInstanceOf(IOException.class, told.end().failure());
  }

  @Test
  void whatTheHandlerSentIsWhatObserversAreTold() throws Exception {
    get("/missing", "").answer();
    assertOutcome("/{other}", 404, 0, takeBoth().end());
    get("/ok/", "").answer();
    assertOutcome(null, 200, 4, takeBoth().end());
    get("/ok/a%2fb%0a", "").answer();
    assertOutcome("/ok/{id}", 200, 4, takeBoth().end());
  }

  @Test
  void aLengthThatIsNoNumberIsNotKnown() throws Exception {
    client.send("HEAD /ok/1 HTTP/1.1\r\n\r\n").head();
    assertOutcome("/ok/{id}", 200, -1, takeBoth().end());
  }

  private void assertServerError(String path, Class<? extends Throwable> failure) throws Exception {
    String answer = get(path, "X-Request-ID: id-2\r\n").answer();
    assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    assertTrue(answer.contains("\r\nX-correlation-id: id-2\r\n"), answer);
    Told told = takeBoth();
    assertOutcome("/{other}", 500, 0, told.end());
    assertInstanceOf(failure, told.end().failure());
    assertTrue(get("/ok/1", "").answer().startsWith("HTTP/1.1 200 "), "the connection goes on");
    takeBoth();
  }

  private RawClient get(String path, String... headers) throws IOException {
    return client.send("GET " + path + " HTTP/1.1\r\n" + String.join("", headers) + "\r\n");
  }

  private Told takeBoth() throws InterruptedException {
    begun.take();
    handled.clear();
    return ended.take();
  }

  private static void assertOutcome(
      @Nullable String route, int status, long bytes, RequestOutcome outcome) {
    assertEquals(
        Arrays.asList(route, status, bytes),
        Arrays.asList(outcome.route(), outcome.status(), outcome.responseBytes()));
    assertFalse(outcome.duration().isNegative());
  }
}
