package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IncomingTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void eachIdThatIsNotValidIsCounted() {
    assertEquals(0, accept().rejectedIds());
    assertEquals(0, accept("x-correlation-id", "a", "x-request-id", "b").rejectedIds());
    assertEquals(1, accept("x-correlation-id", "a b", "x-request-id", "b").rejectedIds());
    assertEquals(1, accept("x-correlation-id", "a", "x-request-id", "").rejectedIds());
    CorrelationContext both = accept("x-correlation-id", "a b", "x-request-id", "<>");
    assertEquals(2, both.rejectedIds());
    assertEquals(2, both.with("tenant", "a").rejectedIds());
    assertEquals(0, CorrelationContext.create().rejectedIds());
  }

  @Test
  void whiteSpaceAroundATraceParentIsNoPartOfIt() {
    assertEquals(TRACE, accept("traceparent", " \t" + TRACE + "\t ").traceParent().header());
    assertNull(accept("traceparent", "\u00a0" + TRACE).traceParent());
  }

  @Test
  void twoTraceParentsAreNone() {
    CorrelationContext context = accept("traceparent", TRACE + "," + TRACE, "tracestate", "a=1");
    assertNull(context.traceParent());
    assertNull(context.traceState());
  }

  @Test
  void aStateWithoutAValidParentIsIgnored() {
    assertEquals("a=1", accept("traceparent", TRACE, "tracestate", "a=1").traceState());
    assertNull(accept("tracestate", "a=1").traceState());
    assertNull(accept("traceparent", TRACE.toUpperCase(), "tracestate", "a=1").traceState());
  }

  @Test
  void aStateThatIsNotValidLeavesTheParent() {
    CorrelationContext context = accept("traceparent", TRACE, "tracestate", "A=1");
    assertNotNull(context.traceParent());
    assertNull(context.traceState());
  }

  @Test
  void baggageIsKeptWithoutItsInvalidMembers() {
    assertEquals(
        "a=1,b=%20x;p=1;q,c=", baggage("a=1 , b=%20x;p=1;q,,c=,d,=e,f g=1,h=\"1\",i=\u00e4"));
    assertEquals("SomeKey = SomeValue", baggage("SomeKey = SomeValue"));
    assertNull(baggage(""));
    assertNull(baggage("a=1\r\nx: y"));
    assertNull(accept().baggage());
  }

  @Test
  void baggageHasAtMost64MembersAnd8192Bytes() {
    assertEquals(members(64, 1), baggage(members(64, 1)));
    assertEquals(members(64, 1), baggage(members(65, 1)));
    String fits = "k=" + "v".repeat(8_190);
    assertEquals(fits, baggage(fits));
    assertEquals("a=1", baggage("a=1," + fits));
    assertNull(baggage(fits + "v"));
  }

  @Test
  void withKeepsWhatCameIn() {
    CorrelationContext context =
        accept("traceparent", TRACE, "tracestate", "a=1", "baggage", "b=2").with("tenant", "acme");
    assertEquals(TRACE, context.traceParent().header());
    assertEquals("a=1", context.traceState());
    assertEquals("b=2", context.baggage());
    assertTrue(!context.toString().contains("b=2"), context.toString());
  }

  private static String baggage(String header) {
    return accept("baggage", header).baggage();
  }

  private static String members(int count, int valueLength) {
    return IntStream.range(0, count)
        .mapToObj(i -> "k" + i + "=" + "v".repeat(valueLength))
        .collect(Collectors.joining(","));
  }

  private static CorrelationContext accept(String... headers) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.put(headers[i], headers[i + 1]);
    }
    return CorrelationContext.accept(byName::get);
  }
}
