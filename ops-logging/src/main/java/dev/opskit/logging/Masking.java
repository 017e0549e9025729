package dev.opskit.logging;

import dev.opskit.core.masking.SensitiveValues;
import java.util.List;
import java.util.Locale;

/** What must not be readable: known values wherever they are, any value under a telling name. */
final class Masking {
  static final String MASK = "***";

  private static final List<String> TELLING_PARTS =
      List.of("password", "passwd", "passphrase", "credential", "authorization");
  private static final List<String> TELLING_ENDS =
      List.of("secret", "token", "cookie", "apikey", "accesskey", "privatekey", "pwd");

  private final SensitiveValues values;

  Masking(SensitiveValues values) {
    this.values = values;
  }

  String text(String text) {
    return values.mask(text);
  }

  /** Masks in place; returns the new length, less than before if there was something to mask. */
  int mask(byte[] buffer, int offset, int length) {
    return values.mask(buffer, offset, length);
  }

  /** Whether there is something to mask in bytes that must stay as they are. */
  boolean hits(byte[] utf8) {
    return values.occursIn(utf8, 0, utf8.length);
  }

  /** Ends and not parts where the part is harmless: {@code tokenCount}, {@code secretName}. */
  boolean hides(String name) {
    String plain = plain(name);
    for (String part : TELLING_PARTS) {
      if (plain.contains(part)) {
        return true;
      }
    }
    String singular = plain.endsWith("s") ? plain.substring(0, plain.length() - 1) : plain;
    for (String end : TELLING_ENDS) {
      if (singular.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private static String plain(String name) {
    StringBuilder letters = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        letters.append(c);
      }
    }
    return letters.toString().toLowerCase(Locale.ROOT);
  }
}
