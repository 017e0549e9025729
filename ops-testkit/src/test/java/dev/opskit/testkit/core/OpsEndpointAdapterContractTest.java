package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class OpsEndpointAdapterContractTest {

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements OpsEndpointAdapterContract {
    @Override
    public RunningServer serve(OpsRoutes routes) throws Exception {
      HttpServer server = JdkExchange.server();
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              answer(exchange, routes);
            }
          });
      return JdkExchange.start(server);
    }

    void answer(HttpExchange exchange, OpsRoutes routes) throws IOException {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (body.length > maxBodyBytes()) {
        body = tooLarge(body);
      }
      send(
          exchange,
          body == null
              ? OpsResponse.error(413, "too large")
              : ask(routes, request(exchange, body)));
    }

    byte @Nullable [] tooLarge(byte[] body) {
      return null;
    }

    OpsResponse ask(OpsRoutes routes, OpsRequest request) {
      return routes.handle(request);
    }

    OpsRequest request(HttpExchange exchange, byte[] body) {
      return new OpsRequest(
          exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(),
          exchange.getRequestURI().getRawQuery(),
          exchange.getRequestHeaders(),
          body,
          null);
    }

    void send(HttpExchange exchange, OpsResponse response) throws IOException {
      response.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = response.body();
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      if (isHead) {
        exchange.getResponseHeaders().set("Content-Length", length(body));
      }
      boolean hasNone = isHead || body.length == 0 || response.status() == 204;
      exchange.sendResponseHeaders(response.status(), hasNone ? -1 : body.length);
      if (!hasNone) {
        exchange.getResponseBody().write(body);
      }
    }

    String length(byte[] body) {
      return Integer.toString(body.length);
    }

    static OpsResponse with(OpsResponse response, Map<String, String> headers, byte[] body) {
      return new OpsResponse(response.status(), headers, body);
    }
  }

  static final class PassesTheRawPathOn extends Good {
    @Override
    OpsRequest request(HttpExchange exchange, byte[] body) {
      OpsRequest right = super.request(exchange, body);
      String raw = exchange.getRequestURI().getRawPath();
      return new OpsRequest(right.method(), raw, right.query(), right.headers(), body, null);
    }
  }

  static final class LosesHeaders extends Good {
    @Override
    void send(HttpExchange exchange, OpsResponse response) throws IOException {
      boolean isOwn = response.headers().containsKey("X-Own");
      super.send(exchange, isOwn ? with(response, Map.of(), response.body()) : response);
    }
  }

  static final class CutsLongAnswers extends Good {
    @Override
    void send(HttpExchange exchange, OpsResponse response) throws IOException {
      int length = Math.min(response.body().length, 100_000);
      super.send(
          exchange, with(response, response.headers(), Arrays.copyOf(response.body(), length)));
    }
  }

  static final class ReplacesErrors extends Good {
    @Override
    void send(HttpExchange exchange, OpsResponse response) throws IOException {
      boolean isError = response.status() == 503;
      super.send(exchange, isError ? OpsResponse.text(503, "<h1>Sorry</h1>") : response);
    }
  }

  static final class ForgetsTheLengthOfHead extends Good {
    @Override
    String length(byte[] body) {
      return "0";
    }
  }

  static final class SendsABodyWithNoContent extends Good {
    @Override
    void send(HttpExchange exchange, OpsResponse response) throws IOException {
      if (response.status() != 204) {
        super.send(exchange, response);
        return;
      }
      // The JDK's server knows that there is none, so it is told another length.
      exchange.sendResponseHeaders(200, response.body().length);
      exchange.getResponseBody().write(response.body());
    }
  }

  static final class KnowsOnlyAFewMethods extends Good {
    @Override
    void answer(HttpExchange exchange, OpsRoutes routes) throws IOException {
      if (exchange.getRequestMethod().equals("BREW")) {
        exchange.sendResponseHeaders(501, -1);
      } else {
        super.answer(exchange, routes);
      }
    }
  }

  static final class AnswersUnknownPaths extends Good {
    @Override
    OpsResponse ask(OpsRoutes routes, OpsRequest request) {
      OpsResponse response = super.ask(routes, request);
      return response.status() == 404 ? OpsResponse.text(200, "welcome") : response;
    }
  }

  static final class ShowsDetails extends Good {
    @Override
    OpsResponse ask(OpsRoutes routes, OpsRequest request) {
      OpsResponse response = super.ask(routes, request);
      return response.status() == 500
          ? OpsResponse.text(500, "java.lang.StackOverflowError: a detail")
          : response;
    }
  }

  static final class CutsLargeBodies extends Good {
    @Override
    byte @Nullable [] tooLarge(byte[] body) {
      return Arrays.copyOf(body, maxBodyBytes());
    }
  }

  static final class MixesRequestsUp extends Good {
    private final AtomicReference<@Nullable OpsRequest> first = new AtomicReference<>();

    @Override
    OpsResponse ask(OpsRoutes routes, OpsRequest request) {
      if (!request.path().equals("/echo")) {
        return super.ask(routes, request);
      }
      first.compareAndSet(null, request);
      return super.ask(routes, first.get());
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneThatDoesNotPassTheRequestOnAsItCameIsRejected() {
    assertRejected("theEndpointSeesTheRequestAsItCame", PassesTheRawPathOn.class);
    assertRejected("anyMethodIsLeftToTheEndpoint", KnowsOnlyAFewMethods.class);
    assertRejected("manyAskAtTheSameTime", MixesRequestsUp.class);
  }

  @Test
  void oneThatDoesNotSendTheAnswerAsItWasMadeIsRejected() {
    assertRejected("anAnswerIsSentAsItWasMade", LosesHeaders.class);
    assertRejected("anAnswerIsSentAsItWasMade", CutsLongAnswers.class);
    assertRejected("anAnswerThatIsAnErrorKeepsItsBody", ReplacesErrors.class);
    assertRejected("headHasTheHeadersOfGetAndNoBody", ForgetsTheLengthOfHead.class);
    assertRejected("anAnswerWithoutContentHasNoBody", SendsABodyWithNoContent.class);
  }

  @Test
  void oneThatAnswersOfItsOwnIsRejected() {
    assertRejected("whatIsNotMountedIs404", AnswersUnknownPaths.class);
    assertRejected("aFailureIsA500WithoutDetails", ShowsDetails.class);
    assertRejected("aBodyThatIsTooLargeIsRefused", CutsLargeBodies.class);
  }

  private static void assertRejected(String clause, Class<?> broken) {
    assertEquals(List.of(clause), failures(broken), broken.getSimpleName());
  }
}
