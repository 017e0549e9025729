package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorrelationContextTest {

  @Test
  void scopesNestAndGiveBackWhatWasBefore() {
    CorrelationContext outer = CorrelationContext.create();
    CorrelationContext inner = CorrelationContext.create();
    assertNull(CorrelationContext.current());
    try (CorrelationContext.Scope first = outer.open()) {
      try (CorrelationContext.Scope second = inner.open()) {
        assertSame(inner, CorrelationContext.current());
      }
      assertSame(outer, CorrelationContext.current());
    }
    assertNull(CorrelationContext.current());
  }

  @Test
  void anExceptionClosesTheScopeToo() {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (CorrelationContext.Scope scope = CorrelationContext.create().open()) {
            throw new IllegalStateException("expected");
          }
        });
    assertNull(CorrelationContext.current());
  }

  @Test
  void aScopeThatIsClosedTwiceLeavesTheNextOneAlone() {
    CorrelationContext.Scope stale = CorrelationContext.create().open();
    stale.close();
    CorrelationContext current = CorrelationContext.create();
    try (CorrelationContext.Scope scope = current.open()) {
      stale.close();
      assertSame(current, CorrelationContext.current());
    }
  }

  @Test
  void anIdOfTheHostsOwnIsChecked() {
    assertEquals("nightly:2026-11-24", CorrelationContext.of("nightly:2026-11-24").id());
    for (String bad : List.of("", "two words", "a\nb", "x".repeat(129))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> CorrelationContext.of(bad));
      assertTrue(e.getMessage().contains("has " + bad.length() + " characters"), e.getMessage());
      assertFalse(!bad.isEmpty() && e.getMessage().contains(bad), e.getMessage());
    }
  }

  @Test
  void everyContextHasARequestIdOfItsOwn() {
    CorrelationContext one = CorrelationContext.of("same");
    CorrelationContext other = CorrelationContext.of("same");
    assertNotEquals(one.requestId(), other.requestId());
    assertTrue(one.requestId().matches("[0-9a-f]{32}"), one.requestId());
    assertEquals(one.requestId(), one.with("a", "b").requestId());
  }

  @Test
  void fieldsAreAddedToACopyInTheirOrder() {
    CorrelationContext plain = CorrelationContext.create();
    CorrelationContext more = plain.with("tenant", "a").with("order", "1").with("tenant", "b");
    assertEquals(Map.of(), plain.fields());
    assertEquals("{tenant=b, order=1}", more.fields().toString());
    assertEquals(plain.id(), more.id());
    assertThrows(UnsupportedOperationException.class, () -> more.fields().put("x", "y"));
  }

  @Test
  void fieldsDoNotShowInTheTextOfAContext() {
    CorrelationContext context = CorrelationContext.of("id-1").with("name", "Jane Doe");
    assertEquals("CorrelationContext[id-1]", context.toString());
  }
}
