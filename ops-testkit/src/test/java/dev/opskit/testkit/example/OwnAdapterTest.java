package dev.opskit.testkit.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestOutcome;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnAdapterTest {
  private final List<RequestOutcome> outcomes = new ArrayList<>();
  private final OwnAdapter adapter =
      new OwnAdapter(
          RouteTemplates.of("/orders/{id}"), List.of((request, outcome) -> outcomes.add(outcome)));

  private record Call(
      String method, String path, Map<String, List<String>> headers, Map<String, String> sent)
      implements Exchange {
    static Call of(String method, String path) {
      return new Call(method, path, Map.of("x-correlation-id", List.of("id-1")), new HashMap<>());
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }

    @Override
    public void setHeader(String name, String value) {
      sent.put(name, value);
    }

    @Override
    public void send(int status, byte[] body) {
      sent.put("status", Integer.toString(status));
      sent.put("bytes", Integer.toString(body.length));
    }
  }

  @Test
  void endpointsAreServedAndHeadHasNoBody() {
    try (Health health = Health.builder().start()) {
      OpsRoutes endpoints = HealthEndpoints.of(health);
      Call get = Call.of("GET", "/ready");
      adapter.serveOps(endpoints, get);
      assertEquals("200", get.sent().get("status"));
      assertEquals("application/json", get.sent().get("Content-Type"));
      assertEquals(get.sent().get("bytes"), get.sent().get("Content-Length"));
      Call head = Call.of("HEAD", "/ready");
      adapter.serveOps(endpoints, head);
      assertEquals("0", head.sent().get("bytes"));
      assertNotNull(head.sent().get("Content-Length"));
    }
  }

  @Test
  void requestsAreObservedInTheirContext() {
    Call call = Call.of("GET", "/orders/42");
    adapter.serve(
        call,
        exchange -> {
          CorrelationContext current = CorrelationContext.current();
          assertEquals("id-1", current == null ? null : current.id());
          exchange.send(204, new byte[0]);
          return 204;
        });
    assertEquals("id-1", call.sent().get("x-correlation-id"));
    assertEquals("/orders/{id}", outcomes.get(0).route());
    assertEquals(204, outcomes.get(0).status());
  }

  @Test
  void aHandlerThatFailsIsAnsweredAndObserved() {
    Error expected = new StackOverflowError("expected");
    Call call = Call.of("GET", "/orders/42");
    adapter.serve(
        call,
        exchange -> {
          throw expected;
        });
    assertEquals("500", call.sent().get("status"));
    assertEquals(500, outcomes.get(0).status());
    assertSame(expected, outcomes.get(0).failure());
  }
}
