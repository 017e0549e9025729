package dev.opskit.verification.integration.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** A value that nobody has seen before, and the forms in which it would be recognised. */
final class Canary {
  private static final String[] ALPHABETS = {
    "abcdefghijkmnpqrstuvwxyz23456789",
    "ab\"\\cd/ef'gh",
    "a%b&c=d+e f",
    "\u00e4\u00f6\u20ac\ud83d\ude00x"
  };

  final String text;
  private final Set<String> forms = new LinkedHashSet<>();

  private Canary(String text) {
    this.text = text;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    forms.add(text);
    forms.add(text.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
    forms.add(HexFormat.of().formatHex(utf8));
    forms.add(HexFormat.of().withUpperCase().formatHex(utf8));
    // As an array of bytes is printed.
    forms.add(Arrays.toString(utf8).replaceAll("[\\[\\]]", ""));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + utf8.length];
      System.arraycopy(utf8, 0, shifted, shift, utf8.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      forms.add(base64.substring(shift + 1, base64.length() - 1));
    }
  }

  static Canary random(SplittableRandom random) {
    int[] alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)].codePoints().toArray();
    StringBuilder text = new StringBuilder();
    // Enough of it to be found by chance nowhere.
    for (int i = 0; i < 24; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return new Canary(text.toString());
  }

  boolean isIn(String any) {
    return forms.stream().anyMatch(any::contains);
  }
}
