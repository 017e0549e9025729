package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the W3C Trace Context recommendation, section 3.2, for a receiver. */
class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";
  private static final String IDS = TRACE + "-" + PARENT;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + IDS + "-01",
        // Versions that are not known yet may have more after a dash.
        "cc-" + IDS + "-01",
        "01-" + IDS + "-01-what-the-future-will-be-like",
        "fe-" + IDS + "-01-",
      })
  void aValidHeaderIsRead(String header) {
    assertEquals(new TraceParent(TRACE, PARENT, 1), TraceParent.parse(header));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + IDS,
        "00-" + IDS + "-1",
        "00-" + IDS + "-01-what-the-future-will-be-like",
        "00-" + IDS + "-01-",
        "00-" + IDS + "-011",
        "cc-" + IDS + "-01.what-the-future-will-be-like",
        "cc-" + IDS + "-010",
        "ff-" + IDS + "-01",
        "FF-" + IDS + "-01",
        "0g-" + IDS + "-01",
        ".0-" + IDS + "-01",
        "CC-" + IDS + "-01",
        "0-" + IDS + "-01",
        "000-" + IDS + "-01",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
        "00-" + TRACE + "-00F067AA0BA902B7-01",
        "00-" + IDS + "-0A",
        "00-" + IDS + "-.0",
        "00-" + IDS + "-0x",
        "00-4bf92f3577b34da6a3ce929d0e0e473-" + PARENT + "-011",
        "00-4bf92f3577b34da6a3ce929d0e0e4736a-" + PARENT + "-1",
        "00-4bf92f3577b34da6a3ce929d0e0e473.-" + PARENT + "-01",
        "00-" + TRACE + "-00f067aa0ba902b\u0660-01",
        "00_" + IDS + "-01",
        "00-" + TRACE + "_" + PARENT + "-01",
        "00-" + IDS + "_01",
        " 00-" + IDS + "-01",
        "00-" + IDS + "-01 ",
      })
  void anythingElseCountsAsAbsent(String header) {
    assertNull(TraceParent.parse(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "01", "0f", "10", "ff"})
  void whatWasReadIsWrittenTheSame(String flags) {
    String header = "00-" + IDS + "-" + flags;
    assertEquals(header, TraceParent.parse(header).header());
  }

  @Test
  void aLaterVersionIsPassedOnAsTheOneThatIsKnown() {
    assertEquals("00-" + IDS + "-01", TraceParent.parse("cc-" + IDS + "-01-more").header());
  }

  @Test
  void noneIsMadeOfInvalidParts() {
    assertThrows(IllegalArgumentException.class, () -> new TraceParent("abc", PARENT, 0));
    assertThrows(IllegalArgumentException.class, () -> new TraceParent(TRACE, "0".repeat(16), 0));
    assertThrows(IllegalArgumentException.class, () -> new TraceParent(TRACE, PARENT, 256));
    assertThrows(IllegalArgumentException.class, () -> new TraceParent(TRACE, PARENT, -1));
  }
}
