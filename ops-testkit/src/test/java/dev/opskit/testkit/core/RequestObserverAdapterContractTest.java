package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class RequestObserverAdapterContractTest {

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements RequestObserverAdapterContract {
    @Override
    public RunningServer serve(Map<String, Handler> handlers, List<RequestObserver> observers)
        throws Exception {
      HttpServer server = JdkExchange.server();
      handlers.forEach(
          (template, handler) ->
              server.createContext(
                  template.replace("{id}", ""),
                  exchange -> handle(exchange, template, handler, observers)));
      unmatched(server, observers);
      return JdkExchange.start(server);
    }

    void unmatched(HttpServer server, List<RequestObserver> observers) {}

    void handle(
        HttpExchange exchange, String template, Handler handler, List<RequestObserver> observers)
        throws IOException {
      CorrelationContext context = accept(exchange);
      echo(exchange, context);
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      RequestInfo request = new RequestInfo(method(exchange), path(exchange), agent, context);
      Throwable failure = null;
      try (CorrelationContext.Scope scope = context.open()) {
        begin(observers, request);
        handler.handle(new JdkExchange(exchange));
      } catch (Throwable t) {
        failure = t;
      }
      boolean isHalfway = failure != null && exchange.getResponseCode() != -1;
      if (failure != null && !isHalfway) {
        exchange.sendResponseHeaders(500, -1);
      }
      int status = failure == null ? exchange.getResponseCode() : failedStatus(exchange);
      try (CorrelationContext.Scope scope = atTheEnd(context).open()) {
        end(observers, request, outcome(route(template, exchange), status, failure));
      }
      if (isHalfway) {
        cutOff(exchange);
      } else {
        exchange.close();
      }
    }

    CorrelationContext accept(HttpExchange exchange) {
      return CorrelationContext.acceptAll(exchange.getRequestHeaders()::get);
    }

    void echo(HttpExchange exchange, CorrelationContext context) {
      exchange.getResponseHeaders().set("x-correlation-id", context.id());
    }

    String method(HttpExchange exchange) {
      return exchange.getRequestMethod();
    }

    String path(HttpExchange exchange) {
      return exchange.getRequestURI().getRawPath();
    }

    String route(String template, HttpExchange exchange) {
      return template;
    }

    int failedStatus(HttpExchange exchange) {
      return 500;
    }

    CorrelationContext atTheEnd(CorrelationContext context) {
      return context;
    }

    void cutOff(HttpExchange exchange) throws IOException {
      throw new IOException("cut off");
    }

    void begin(List<RequestObserver> observers, RequestInfo request) {
      for (RequestObserver observer : observers) {
        guarded(() -> observer.started(request));
      }
    }

    void end(List<RequestObserver> observers, RequestInfo request, RequestOutcome outcome) {
      for (RequestObserver observer : observers) {
        guarded(() -> observer.finished(request, outcome));
      }
    }

    void guarded(Runnable telling) {
      try {
        telling.run();
      } catch (Throwable ignored) {
        // The next one is told all the same.
      }
    }

    RequestOutcome outcome(@Nullable String route, int status, @Nullable Throwable failure) {
      return new RequestOutcome(route, status, Duration.ZERO, -1, failure);
    }
  }

  static final class AcceptsNoId extends Good {
    @Override
    CorrelationContext accept(HttpExchange exchange) {
      CorrelationContext right = super.accept(exchange);
      return right.id().equals("id-1") ? CorrelationContext.create() : right;
    }
  }

  static final class EndsOutsideOfTheScope extends Good {
    @Override
    CorrelationContext atTheEnd(CorrelationContext context) {
      return CorrelationContext.create();
    }
  }

  static final class RepeatsBadIds extends Good {
    @Override
    void echo(HttpExchange exchange, CorrelationContext context) {
      String came = exchange.getRequestHeaders().getFirst("X-Correlation-ID");
      exchange.getResponseHeaders().set("x-correlation-id", came == null ? context.id() : came);
    }
  }

  static final class HasOneIdForAll extends Good {
    private final AtomicReference<@Nullable CorrelationContext> first = new AtomicReference<>();

    @Override
    CorrelationContext accept(HttpExchange exchange) {
      CorrelationContext own = super.accept(exchange);
      if (!own.id().matches("[0-9a-f]{32}")) {
        return own;
      }
      first.compareAndSet(null, own);
      CorrelationContext kept = first.get();
      return kept == null ? own : kept;
    }
  }

  static final class EchoesNotWhatStreams extends Good {
    @Override
    void echo(HttpExchange exchange, CorrelationContext context) {
      if (!path(exchange).startsWith("/streams/")) {
        super.echo(exchange, context);
      }
    }
  }

  static final class BeginsTwice extends Good {
    @Override
    void begin(List<RequestObserver> observers, RequestInfo request) {
      super.begin(observers, request);
      if (request.correlation().id().matches("[0-9a-f]{32}")) {
        super.begin(observers, request);
      }
    }
  }

  static final class EndsTwiceUnderLoad extends Good {
    @Override
    void end(List<RequestObserver> observers, RequestInfo request, RequestOutcome outcome) {
      super.end(observers, request, outcome);
      if (request.correlation().id().equals("id-7-4")) {
        super.end(observers, request, outcome);
      }
    }
  }

  static final class TellsADecodedPath extends Good {
    @Override
    String path(HttpExchange exchange) {
      return exchange.getRequestURI().getPath();
    }
  }

  static final class TellsThePathAsTheRoute extends Good {
    @Override
    String route(String template, HttpExchange exchange) {
      return template.startsWith("/told/") ? path(exchange) : template;
    }
  }

  static final class TellsAnotherStatus extends Good {
    @Override
    RequestOutcome outcome(@Nullable String route, int status, @Nullable Throwable failure) {
      return super.outcome(route, status == 404 ? 400 : status, failure);
    }
  }

  static final class TellsHeadAsGet extends Good {
    @Override
    String method(HttpExchange exchange) {
      return exchange.getRequestMethod().replace("HEAD", "GET");
    }
  }

  static final class TellsAnUnmatchedPathAsTheRoute extends Good {
    @Override
    void unmatched(HttpServer server, List<RequestObserver> observers) {
      server.createContext(
          "/",
          exchange ->
              handle(exchange, path(exchange), answer -> answer.send(404, "none"), observers));
    }
  }

  static final class LosesTheFailure extends Good {
    @Override
    RequestOutcome outcome(@Nullable String route, int status, @Nullable Throwable failure) {
      return super.outcome(route, status, failure instanceof Error ? null : failure);
    }
  }

  static final class TellsWhatWasBegun extends Good {
    @Override
    int failedStatus(HttpExchange exchange) {
      return exchange.getResponseCode();
    }
  }

  static final class CompletesWhatFailed extends Good {
    @Override
    void cutOff(HttpExchange exchange) {
      exchange.close();
    }
  }

  static final class StopsAtAnObserverThatThrows extends Good {
    @Override
    void guarded(Runnable telling) {
      try {
        telling.run();
      } catch (Error e) {
        // At an Error the JDK's server would leave the client waiting.
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatMixesIdsUpIsRejected() {
    assertRejected("anIdThatCameInIsEchoedAndCurrent", AcceptsNoId.class);
    assertRejected("anIdThatCameInIsEchoedAndCurrent", EndsOutsideOfTheScope.class);
    assertRejected("aBadIdIsReplacedAndEachRequestHasItsOwn", RepeatsBadIds.class);
    assertRejected("aBadIdIsReplacedAndEachRequestHasItsOwn", HasOneIdForAll.class);
    assertRejected("theIdIsEchoedWithTheFirstByteOfAnAnswer", EchoesNotWhatStreams.class);
  }

  @Test
  void oneThatTellsNotOnceIsRejected() {
    assertRejected("observersAreToldBeforeAndAfterTheHandlerOnce", BeginsTwice.class);
    assertRejected("manyRequestsAtTheSameTimeAreEachToldOnce", EndsTwiceUnderLoad.class);
  }

  @Test
  void oneThatTellsSomethingElseIsRejected() {
    assertRejected("theRequestIsToldAsItCame", TellsADecodedPath.class);
    assertRejected("theStatusAndTheRouteOfEachAnswerAreTold", TellsThePathAsTheRoute.class);
    assertRejected("theStatusAndTheRouteOfEachAnswerAreTold", TellsAnotherStatus.class);
    assertRejected("headIsToldAsWhatItIs", TellsHeadAsGet.class);
    assertRejected("aPathThatMatchesNothingIsNeverARoute", TellsAnUnmatchedPathAsTheRoute.class);
  }

  @Test
  void oneThatHandlesFailuresWronglyIsRejected() {
    assertRejected("aHandlerThatThrowsIsA500", LosesTheFailure.class);
    String halfway = "aHandlerThatFailsHalfwayIsA500AndItsAnswerIsCutOff";
    assertRejected(halfway, TellsWhatWasBegun.class);
    assertRejected(halfway, CompletesWhatFailed.class);
    assertRejected("anObserverThatThrowsHarmsNobody", StopsAtAnObserverThatThrows.class);
  }

  private static void assertRejected(String clause, Class<?> broken) {
    assertEquals(List.of(clause), failures(broken), broken.getSimpleName());
  }
}
