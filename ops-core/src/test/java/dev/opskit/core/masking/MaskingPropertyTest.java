package dev.opskit.core.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.event.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Masking does what marking every character of every occurrence would do. */
@Tag("once")
class MaskingPropertyTest {
  private final SplittableRandom random = new SplittableRandom(20261124);

  @Test
  void whateverValuesStandInATextItIsMaskedAsIfEachCharacterWereMarked() {
    int masked = 0;
    for (int round = 0; round < 4_000; round++) {
      SensitiveValues values = new SensitiveValues();
      List<String> secrets = new ArrayList<>();
      for (int i = random.nextInt(1, 7); i > 0; i--) {
        String secret = text(random.nextInt(8, 14));
        Subscription registration = values.register(secret.getBytes(StandardCharsets.UTF_8));
        if (random.nextInt(5) == 0) {
          registration.close();
        } else {
          secrets.add(secret);
        }
      }
      for (int i = 0; i < 5; i++) {
        String text = textAround(secrets);
        String expected = markEach(text, secrets);
        assertEquals(expected, values.mask(text), () -> secrets + " in " + text);
        masked += expected.equals(text) ? 0 : 1;
      }
    }
    assertEquals(true, masked > 10_000, masked + " texts had something to mask");
  }

  private static String markEach(String text, List<String> secrets) {
    BitSet marked = new BitSet();
    for (String secret : secrets) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        marked.set(at, at + secret.length());
      }
    }
    StringBuilder masked = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!marked.get(i)) {
        masked.append(text.charAt(i));
      } else if (i == 0 || !marked.get(i - 1)) {
        masked.append("***");
      }
    }
    return masked.toString();
  }

  private String textAround(List<String> secrets) {
    StringBuilder text = new StringBuilder(text(random.nextInt(20)));
    for (int i = random.nextInt(4); i > 0 && !secrets.isEmpty(); i--) {
      String secret = secrets.get(random.nextInt(secrets.size()));
      text.append(secret, random.nextInt(3), secret.length() - random.nextInt(3));
      text.append(text(random.nextInt(4)));
    }
    return text.toString();
  }

  /** Of two letters only, so that values overlap, repeat and begin alike. */
  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(4) == 0 ? 'b' : 'a');
    }
    return text.toString();
  }
}
