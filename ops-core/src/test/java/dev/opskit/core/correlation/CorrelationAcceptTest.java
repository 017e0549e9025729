package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationAcceptTest {
  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

  @Test
  void theCorrelationIdComesFirst() {
    assertEquals(
        "a", accept("x-correlation-id", "a", "x-request-id", "b", "traceparent", TRACE).id());
  }

  @Test
  void thenTheRequestId() {
    assertEquals("b", accept("x-request-id", "b", "traceparent", TRACE).id());
  }

  @Test
  void thenTheTraceId() {
    assertEquals(TRACE_ID, accept("traceparent", TRACE).id());
  }

  @Test
  void andElseANewOne() {
    CorrelationContext context = accept();
    assertTrue(context.id().matches("[0-9a-f]{32}"), context.id());
    assertNotEquals(context.id(), accept().id());
    assertNull(context.traceParent());
  }

  @Test
  void theTraceParentIsKeptWhateverTheIdIs() {
    assertEquals(
        TraceParent.parse(TRACE),
        accept("x-correlation-id", "a", "traceparent", TRACE).traceParent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "two words", "a\r\nSet-Cookie: b=c", "<script>", "\u00e4", "\u202e"})
  void aBadIdGivesWayToTheNextAndIsNotRepeated(String bad) {
    assertEquals("b", accept("x-correlation-id", bad, "x-request-id", "b").id());
    CorrelationContext context =
        accept("x-correlation-id", bad, "x-request-id", bad, "traceparent", bad);
    assertTrue(context.id().matches("[0-9a-f]{32}"), context.id());
    assertNull(context.traceParent());
    assertFalse(!bad.isBlank() && context.toString().contains(bad));
  }

  @Test
  void ofSeveralIdsTheFirstCountsAndOtherHeadersAreJoined() {
    Map<String, List<String>> headers =
        Map.of(
            "x-correlation-id", List.of("a", "b"),
            "x-request-id", List.of(),
            "traceparent", List.of(TRACE),
            "tracestate", List.of("c=1", "d=2"));
    CorrelationContext context = CorrelationContext.acceptAll(headers::get);
    assertEquals("a", context.id());
    assertEquals("c=1,d=2", context.traceState());
    assertEquals(0, context.rejectedIds());
  }

  private static CorrelationContext accept(String... headers) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.put(headers[i], headers[i + 1]);
    }
    return CorrelationContext.accept(byName::get);
  }
}
