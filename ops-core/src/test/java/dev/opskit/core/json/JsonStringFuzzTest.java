package dev.opskit.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever text is written, an independent strict parser reads the same. */
@Tag("once")
class JsonStringFuzzTest {
  /** Without its table of names, which a hundred thousand random ones only fill. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private static final char[] TROUBLE =
      ("\"\\/\b\f\n\r\t\0\u001b\u007f\u0080\u0085\u009b\u009f\u00a0\u00df\u07ff\u0800\u061c\u200e"
              + "\u200f\u2027\u2028\u2029\u202a\u202e\u202f\u2065\u2066\u2069\u206a\ufeff\ufffd"
              + "\uffff\ud800\udbff\udc00\udfff")
          .toCharArray();

  private final SplittableRandom random = new SplittableRandom(20261124);
  private final JsonWriter json = new JsonWriter(16);

  @Test
  void everyTextIsReadBackAsItWas() throws IOException {
    for (int i = 0; i < 150_000; i++) {
      assertReadBack(text(random.nextInt(24)));
    }
  }

  @Test
  void longTextsAreReadBackAsTheyWere() throws IOException {
    for (int i = 0; i < 400; i++) {
      assertReadBack(text(random.nextInt(1000, 5000)));
    }
  }

  @Test
  void aPairThatStandsAcrossAChunkIsKeptWhole() throws IOException {
    for (int before = 1000; before < 1050; before++) {
      assertReadBack("\u0001".repeat(before) + "\ud83d\ude00".repeat(1100));
    }
  }

  private void assertReadBack(String text) throws IOException {
    json.reset().beginObject().name(text).value(text).endObject();
    assertNothingForged();
    try (JsonParser parser = JSON.createParser(json.buffer(), 0, json.sizeBytes())) {
      String expected = withoutLoneSurrogates(text);
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      assertEquals(expected, parser.nextFieldName());
      assertEquals(expected, parser.nextTextValue());
      assertEquals(JsonToken.END_OBJECT, parser.nextToken());
      assertEquals(null, parser.nextToken());
    }
  }

  private void assertNothingForged() throws CharacterCodingException {
    CharSequence written =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(json.buffer(), 0, json.sizeBytes()));
    written
        .codePoints()
        .forEach(
            c -> {
              assertFalse(Character.isISOControl(c), () -> "control " + Integer.toHexString(c));
              int type = Character.getType(c);
              assertFalse(type == Character.LINE_SEPARATOR, "line separator");
              assertFalse(type == Character.PARAGRAPH_SEPARATOR, "paragraph separator");
              assertFalse(isBidiControl(c), () -> "bidi control " + Integer.toHexString(c));
            });
  }

  /** Unicode's property Bidi_Control, as PropList.txt lists it. */
  private static boolean isBidiControl(int c) {
    return "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".indexOf(c)
        >= 0;
  }

  private static String withoutLoneSurrogates(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(5)) {
        case 0 -> text.append(TROUBLE[random.nextInt(TROUBLE.length)]);
        case 1 -> text.append((char) random.nextInt(0x10000));
        case 2 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
        default -> text.append((char) random.nextInt(0x100));
      }
    }
    return text.toString();
  }
}
