package dev.opskit.core.http.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.correlation.CorrelationContext;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorrelatedRequestsTest {
  private static final URI ANYWHERE = URI.create("http://localhost/");
  private static final String CAME_IN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String OWN = "00-4bf92f3577b34da6a3ce929d0e0e4736-53995c3f42cd8ad8-01";

  private final CorrelationContext context =
      CorrelationContext.accept(Map.of("x-correlation-id", "id-1", "traceparent", CAME_IN)::get);

  @Test
  void aRequestCarriesTheIdAndTheTraceThatCameIn() {
    assertEquals(
        Map.of("x-correlation-id", List.of("id-1"), "traceparent", List.of(CAME_IN)),
        stamped(HttpRequest.newBuilder(ANYWHERE)));
  }

  @Test
  void outsideOfAnyContextNothingIsSet() {
    HttpRequest request = CorrelatedRequests.stamp(HttpRequest.newBuilder(ANYWHERE)).build();
    assertEquals(Map.of(), request.headers().map());
  }

  @Test
  void aTraceParentThatATracerHasSetIsLeftAlone() {
    Map<String, List<String>> headers =
        stamped(HttpRequest.newBuilder(ANYWHERE).header("Traceparent", OWN));
    assertEquals(List.of(OWN), headers.get("Traceparent"));
    assertEquals(2, headers.size());
  }

  @Test
  void itIsLeftAloneAlsoWhileTheRequestHasNoUriYet() {
    Map<String, List<String>> headers =
        stamped(HttpRequest.newBuilder().header("traceparent", OWN));
    assertEquals(List.of(OWN), headers.get("traceparent"));
  }

  @Test
  void stampingTwiceStampsOnce() {
    try (CorrelationContext.Scope scope = context.open()) {
      assertEquals(
          List.of("id-1"),
          stamped(CorrelatedRequests.stamp(HttpRequest.newBuilder(ANYWHERE)))
              .get("x-correlation-id"));
    }
  }

  private Map<String, List<String>> stamped(HttpRequest.Builder request) {
    try (CorrelationContext.Scope scope = context.open()) {
      return CorrelatedRequests.stamp(request).uri(ANYWHERE).build().headers().map();
    }
  }
}
