package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.RequestInfo;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RequestOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every adapter keeps to that opens the correlation scope of a server's requests and tells
 * {@link RequestObserver}s of them. Implement it in a JUnit test class; each test starts a server,
 * sends it requests, closes it, and looks at what was told until then.
 */
@Timeout(120)
public interface RequestObserverAdapterContract {

  /**
   * Starts a server on a free port of 127.0.0.1.
   *
   * @param handlers by route template, each of one literal segment and one parameter; mounted
   *     behind the adapter, which is to call the route by the template
   * @param observers whom the adapter is to tell, in this order
   * @return closed by the contract
   * @throws Exception fails the test
   */
  RunningServer serve(Map<String, Handler> handlers, List<RequestObserver> observers)
      throws Exception;

  /** Code of a service, to be run by the server of the implementer. */
  @FunctionalInterface
  interface Handler {
    /**
     * Handles one request.
     *
     * @param exchange answers it
     * @throws IOException to be passed on to the server, as anything else that is thrown
     */
    void handle(Exchange exchange) throws IOException;
  }

  /** The answer to one request, in the server of the implementer. */
  interface Exchange {
    /**
     * Answers with a text; without it, if the method is HEAD and the server does not see to that.
     *
     * @param status the status
     * @param text the body, may be empty
     * @throws IOException if the client is gone
     */
    void send(int status, String text) throws IOException;

    /**
     * Sends the head and a part of an answer whose length is not declared, and flushes it.
     *
     * @param status the status
     * @param part the first part of the body
     * @throws IOException if the client is gone
     */
    void begin(int status, String part) throws IOException;
  }

  @Test
  default void anIdThatCameInIsEchoedAndCurrent() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      RawAnswer answer = RawAnswer.to(server, "GET /fine/1", "X-Correlation-ID: id-1\r\n", "");
      assertEquals("id-1", answer.header("x-correlation-id"));
    }
    CorrelationContext handled = told.handled().get(0);
    assertEquals("id-1", handled == null ? null : handled.id(), "current in the handler");
    assertSame(handled, told.only().request().correlation());
    assertSame(handled, told.only().current(), "current where the end is told");
  }

  @Test
  default void aBadIdIsReplacedAndEachRequestHasItsOwn() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      RawAnswer bad = RawAnswer.to(server, "GET /fine/1", "X-Correlation-ID: <b@d>\r\n", "");
      RawAnswer none = RawAnswer.to(server, "GET /fine/1", "", "");
      assertFalse(String.join("", bad.head()).contains("b@d"), "it is not repeated");
      assertTrue(String.valueOf(bad.header("x-correlation-id")).matches("[0-9a-f]{32}"));
      assertTrue(String.valueOf(none.header("x-correlation-id")).matches("[0-9a-f]{32}"));
      assertNotEquals(bad.header("x-correlation-id"), none.header("x-correlation-id"));
    }
  }

  @Test
  default void theIdIsEchoedWithTheFirstByteOfAnAnswer() throws Exception {
    Handler streams = exchange -> exchange.begin(200, "part");
    Told told = new Told();
    try (RunningServer server = serve(Map.of("/streams/{id}", streams), List.of(told))) {
      RawAnswer answer = RawAnswer.to(server, "GET /streams/1", "X-Request-ID: id-2\r\n", "");
      assertEquals("id-2", answer.header("x-correlation-id"));
    }
  }

  @Test
  default void observersAreToldBeforeAndAfterTheHandlerOnce() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      RawAnswer.to(server, "GET /fine/1", "", "");
    }
    assertEquals(List.of("started", "handled", "finished"), told.order());
  }

  @Test
  default void theRequestIsToldAsItCame() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      RawAnswer.to(server, "DELETE /fine/a%20b?secret=1", "User-Agent: contract\r\n", "");
    }
    RequestInfo request = told.only().request();
    assertEquals("DELETE", request.method());
    assertEquals("/fine/a%20b", request.path(), "the raw path without the query");
    assertEquals("contract", request.userAgent());
  }

  @Test
  default void theStatusAndTheRouteOfEachAnswerAreTold() throws Exception {
    for (int status : new int[] {200, 204, 404, 503}) {
      Told told = new Told();
      Handler handler = exchange -> exchange.send(status, status == 204 ? "" : "text");
      try (RunningServer server = serve(Map.of("/told/{id}", handler), List.of(told))) {
        assertEquals(status, RawAnswer.to(server, "GET /told/1", "", "").status());
      }
      RequestOutcome outcome = told.only().outcome();
      assertEquals(status, outcome.status());
      assertEquals("/told/{id}", outcome.route(), "the template, not the path");
      assertFalse(outcome.duration().isNegative());
      assertNull(outcome.failure());
    }
  }

  @Test
  default void headIsToldAsWhatItIs() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      RawAnswer answer = RawAnswer.to(server, "HEAD /fine/1", "", "");
      assertEquals(200, answer.status());
      assertEquals(0, answer.body().length);
    }
    assertEquals("HEAD", told.only().request().method());
    assertEquals(200, told.only().outcome().status());
  }

  @Test
  default void aPathThatMatchesNothingIsNeverARoute() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      assertEquals(404, RawAnswer.to(server, "GET /nothing/here", "", "").status());
    }
    told.ends().forEach(end -> assertNull(end.outcome().route()));
  }

  @Test
  default void aHandlerThatThrowsIsA500() throws Exception {
    for (Throwable failure :
        List.of(new IllegalStateException("expected"), new StackOverflowError("expected"))) {
      Told told = new Told();
      Handler handler =
          exchange -> {
            throw Told.unchecked(failure);
          };
      try (RunningServer server = serve(Map.of("/fails/{id}", handler), List.of(told))) {
        RawAnswer answer = RawAnswer.to(server, "GET /fails/1", "X-Correlation-ID: id-3\r\n", "");
        assertEquals(500, answer.status());
        assertEquals("id-3", answer.header("x-correlation-id"));
      }
      assertEquals(500, told.only().outcome().status());
      assertEquals("/fails/{id}", told.only().outcome().route());
      assertSame(failure, told.only().outcome().failure());
    }
  }

  @Test
  default void aHandlerThatFailsHalfwayIsA500AndItsAnswerIsCutOff() throws Exception {
    Told told = new Told();
    Handler handler =
        exchange -> {
          exchange.begin(200, "half");
          throw new IOException("expected");
        };
    try (RunningServer server = serve(Map.of("/halfway/{id}", handler), List.of(told))) {
      // Without "close", or the end of the connection would be that of the answer.
      RawAnswer answer = RawAnswer.keptOpen(server, "GET /halfway/1");
      assertEquals(200, answer.status());
      assertFalse(answer.isWhole(), "the client takes the part for the whole");
    }
    assertEquals(500, told.only().outcome().status());
    assertEquals("expected", String.valueOf(told.only().outcome().failure()).split(": ")[1]);
  }

  @Test
  default void anObserverThatThrowsHarmsNobody() throws Exception {
    Told told = new Told();
    RequestObserver throwing =
        new RequestObserver() {
          @Override
          public void started(RequestInfo request) {
            throw new IllegalStateException("expected");
          }

          @Override
          public void finished(RequestInfo request, RequestOutcome outcome) {
            throw new NoClassDefFoundError("expected");
          }
        };
    try (RunningServer server = serve(fine(told), List.of(throwing, told))) {
      assertEquals(200, RawAnswer.to(server, "GET /fine/1", "", "").status());
    }
    assertEquals(200, told.only().outcome().status());
  }

  @Test
  default void manyRequestsAtTheSameTimeAreEachToldOnce() throws Exception {
    Told told = new Told();
    try (RunningServer server = serve(fine(told), List.of(told))) {
      Crowd.act(
          number -> {
            for (int i = 0; i < 5; i++) {
              String id = "id-" + number + "-" + i;
              String header = "X-Correlation-ID: " + id + "\r\n";
              RawAnswer answer = RawAnswer.to(server, "GET /fine/1", header, "");
              assertEquals(id, answer.header("x-correlation-id"));
            }
          });
    }
    long ids = told.ends().stream().map(e -> e.request().correlation().id()).distinct().count();
    assertEquals(Crowd.THREADS * 5, ids, "requests");
    assertEquals(ids, told.ends().size(), "ends");
    assertEquals(ids, told.order().stream().filter("started"::equals).count(), "beginnings");
  }

  private static Map<String, Handler> fine(Told told) {
    Handler handler =
        exchange -> {
          told.handling();
          exchange.send(200, "fine");
        };
    return Map.of("/fine/{id}", handler);
  }
}
