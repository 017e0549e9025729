package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CorrelationIdsTest {

  @Test
  void exactlyTheCharactersOfTheAlphabetAreAllowed() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+/=:@-";
    for (int c = 0; c < 0x10000; c++) {
      String id = "a" + (char) c + "b";
      assertEquals(
          alphabet.indexOf(c) >= 0, CorrelationIds.isValid(id), "char " + Integer.toHexString(c));
    }
  }

  @Test
  void anIdHasOneToAHundredAndTwentyEightCharacters() {
    assertFalse(CorrelationIds.isValid(null));
    assertFalse(CorrelationIds.isValid(""));
    assertTrue(CorrelationIds.isValid("a"));
    assertTrue(CorrelationIds.isValid("a".repeat(128)));
    assertFalse(CorrelationIds.isValid("a".repeat(129)));
  }

  @Test
  void aRandomIdServesAsATraceIdToo() {
    String id = CorrelationIds.random();
    assertTrue(CorrelationIds.isValid(id));
    assertEquals(id, new TraceParent(id, "00f067aa0ba902b7", 0).traceId());
    assertNotEquals(id, CorrelationIds.random());
  }
}
