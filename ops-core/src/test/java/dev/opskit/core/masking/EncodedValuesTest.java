package dev.opskit.core.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What encoders of all kinds make of a value is masked exactly, and nothing beside it. */
@Tag("once")
class EncodedValuesTest {
  private static final int ROUNDS = 3_000;
  private static final String[] ALPHABETS = {
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "ab1 \"\\/<>&'=+%\b\f\n\r\t\u0001;:@$,#?!*()~",
    "x\u00e9\u20ac\ud83d\u00fc",
  };

  private final SplittableRandom random = new SplittableRandom(20261125);

  @Test
  void inJsonWhicheverCharactersAreEscaped() {
    for (int round = 0; round < ROUNDS; round++) {
      String value = value();
      assertMasked(value, json(value, 0));
      assertMasked(value, json(value, 100));
      assertMasked(value, json(value, 30));
    }
  }

  @Test
  void inJsonThatIsAStringInJson() {
    for (int round = 0; round < ROUNDS; round++) {
      String value = value();
      assertMasked(value, json(json(value, 0), 0));
      assertMasked(value, json(json(value, 20), 20));
    }
  }

  @Test
  void inUrlsWhicheverCharactersAreEscaped() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String value = value();
      String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
      assertMasked(value, form);
      assertMasked(value, form.replace("+", "%20"));
      assertMasked(value, percent(value, 100));
      assertMasked(value, percent(value, 30));
      String path = new URI(null, null, "/-" + value, null).toASCIIString();
      assertMasked(value, path.substring(2));
    }
  }

  @Test
  void inHexadecimal() {
    for (int round = 0; round < ROUNDS; round++) {
      String value = value();
      assertMasked(value, HexFormat.of().formatHex(utf8(value)));
      assertMasked(value, HexFormat.of().withUpperCase().formatHex(utf8(value)));
    }
  }

  @Test
  void inBase64WhereverItBeginsInWhatWasEncoded() {
    Base64.Encoder[] encoders = {
      Base64.getEncoder(),
      Base64.getEncoder().withoutPadding(),
      Base64.getUrlEncoder(),
      Base64.getUrlEncoder().withoutPadding()
    };
    for (int round = 0; round < ROUNDS; round++) {
      byte[] value = utf8(value());
      SensitiveValues values = registering(value);
      byte[] before = bytes(random.nextInt(7));
      byte[] after = bytes(random.nextInt(7));
      for (Base64.Encoder encoder : encoders) {
        String encoded = encoder.encodeToString(joined(before, value, after));
        int from = 8 * before.length / 6;
        int to = (8 * (before.length + value.length) + 5) / 6;
        String expected = encoded.substring(0, from) + "***" + encoded.substring(to);
        assertEquals("Basic " + expected, values.mask("Basic " + encoded), encoded);
      }
    }
  }

  @Test
  void inBase64ThatIsEscapedInItsTurn() {
    byte[] value = {'>', '>', '>', '?', '?', '?', '>', '>', '>', '?', '?', '?'};
    assertEquals("Pj4+Pz8/Pj4+Pz8/", Base64.getEncoder().encodeToString(value));
    SensitiveValues values = registering(value);
    assertEquals("t=***&a=b", values.mask("t=Pj4%2BPz8%2FPj4%2bPz8%2f&a=b"));
    assertEquals("\"***\"", values.mask("\"Pj4+Pz8\\/Pj4+Pz8\\/\""));
  }

  @Test
  void aValueThatLooksLikeTheEndOfAnEscapeIsFoundBehindOne() {
    assertEquals("100%***", registering(utf8("ab/cdefgh")).mask("100%ab%2Fcdefgh"));
    assertEquals("C:\\***", registering(utf8("nab\"cdefgh")).mask("C:\\nab\\\"cdefgh"));
    assertEquals("\\***", registering(utf8("u00e9ab\"cd")).mask("\\u00e9ab\\\"cd"));
    assertEquals("<***>", registering(utf8("%41%41%41%41/b")).mask("<%41%41%41%41/b>"));
  }

  @Test
  void whatIsNoEscapeIsText() {
    SensitiveValues values = registering(utf8("abcdefgh/ij"));
    for (String text :
        new String[] {
          "%", "%4", "%zz%", "\\", "\\u", "\\u12", "\\u12g4", "\\x", "\\ud83d\\u", "+"
        }) {
      assertEquals(text, values.mask(text));
      assertEquals(text + "***" + text, values.mask(text + "abcdefgh%2Fij" + text));
    }
  }

  @Test
  void valuesThatOverlapInDifferentEncodingsLeaveNothingBetweenThem() {
    SensitiveValues values = registering(utf8("x\"yabcdefgh"));
    values.register(utf8("abcdefghijkl"));
    assertEquals("<***>", values.mask("<x\\\"yabcdefghijkl>"));
    assertEquals("<***>", values.mask("<x%22yabcdefghijkl>"));
    assertEquals("<*** ***>", values.mask("<x%22yabcdefgh x\\\"yabcdefgh>"));
  }

  private void assertMasked(String value, String encoded) {
    assertEquals(
        "<[***] ***>",
        registering(utf8(value)).mask("<[" + encoded + "] " + encoded + ">"),
        () -> value + " as " + encoded);
  }

  private static SensitiveValues registering(byte[] value) {
    SensitiveValues values = new SensitiveValues();
    values.register(value);
    return values;
  }

  /** Escapes what must be, and of the other characters some percent, as one encoder or another. */
  private String json(String text, int percent) {
    StringBuilder json = new StringBuilder();
    for (char c : text.toCharArray()) {
      int escape = "\b\f\n\r\t\"\\".indexOf(c);
      boolean isPair = Character.isSurrogate(c);
      if (!isPair && random.nextInt(100) < percent || c < 0x20 && escape < 0) {
        String digits = HexFormat.of().toHexDigits(c);
        json.append("\\u").append(random.nextBoolean() ? digits.toUpperCase() : digits);
      } else if (escape >= 0) {
        json.append('\\').append("bfnrt\"\\".charAt(escape));
      } else {
        json.append(c == '/' && random.nextBoolean() ? "\\/" : String.valueOf(c));
      }
    }
    String pair = "\ud83d\ude00";
    boolean escapePair = random.nextInt(100) < percent;
    return escapePair ? json.toString().replace(pair, "\\ud83d\\uDE00") : json.toString();
  }

  private String percent(String text, int percent) {
    StringBuilder url = new StringBuilder();
    for (byte b : utf8(text)) {
      boolean isPlain = b > 0x20 && b != '%' && b != '+';
      if (isPlain && random.nextInt(100) >= percent) {
        url.append((char) b);
      } else {
        String digits = HexFormat.of().toHexDigits(b);
        url.append('%').append(random.nextBoolean() ? digits.toUpperCase() : digits);
      }
    }
    return url.toString();
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    String alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
    for (int i = random.nextInt(8, 30); i > 0; i--) {
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      value.append(c == '\ud83d' ? "\ud83d\ude00" : String.valueOf(c));
    }
    return value.toString();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
