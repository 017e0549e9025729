package dev.opskit.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoundedStringTest {
  private final JsonWriter writer = new JsonWriter(16);

  @Test
  void aTextThatFitsExactlyIsNotCut() {
    assertEquals(3, writer.value("abc", 5));
    assertEquals("\"abc\"", text());
  }

  @Test
  void aTextIsCutBeforeTheFirstCharacterThatDoesNotFit() {
    assertEquals(2, writer.value("abc", 4));
    assertEquals("\"ab\"", text());
  }

  @Test
  void noCutSplitsAnEscapeOrACodePoint() {
    String text = "a\u0001é\uD83D\uDE00\u2028\"z";
    for (int max = 2; max < 40; max++) {
      writer.reset();
      int written = writer.value(text, max);
      assertTrue(writer.sizeBytes() <= max, "limit " + max);
      assertEquals(whole(text.substring(0, written)), text(), "limit " + max);
    }
  }

  @Test
  void aHugeTextDoesNotGrowTheBufferBeyondTheLimit() {
    assertEquals(98, writer.value("x".repeat(1_000_000), 100));
    assertTrue(writer.buffer().length < 1_000, "buffer of " + writer.buffer().length);
  }

  @Test
  void theWriterGoesOnAfterACut() {
    writer.beginArray().value("abcdef", 4);
    writer.value(1).endArray();
    assertEquals("[\"ab\",1]", text());
  }

  @Test
  void aLimitWithoutRoomForTheQuotesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> writer.value("a", 1));
  }

  private String text() {
    return new String(writer.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String whole(String text) {
    return new String(new JsonWriter().value(text).toByteArray(), StandardCharsets.UTF_8);
  }
}
