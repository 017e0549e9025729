package dev.opskit.core.correlation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The form of correlation ids and the headers that carry them. */
public final class CorrelationIds {
  /** The header that carries the correlation id, in and out; lower case as HTTP/2 wants it. */
  public static final String HEADER = "x-correlation-id";

  /** The header that is accepted when {@link #HEADER} is absent or not valid. */
  public static final String REQUEST_HEADER = "x-request-id";

  private static final int MAX_LENGTH = 128;
  private static final boolean[] ALLOWED = new boolean[128];

  static {
    for (char c = '0'; c <= '9'; c++) {
      ALLOWED[c] = true;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      ALLOWED[c] = true;
      ALLOWED[Character.toUpperCase(c)] = true;
    }
    for (char c : "._~+/=:@-".toCharArray()) {
      ALLOWED[c] = true;
    }
  }

  private CorrelationIds() {}

  /**
   * Whether a value may be used as an id: in headers, in log lines, everywhere.
   *
   * @param id the value, or null
   * @return true for 1 to 128 characters of {@code [A-Za-z0-9._~+/=:@-]}
   */
  public static boolean isValid(@Nullable String id) {
    if (id == null || id.isEmpty() || id.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c >= ALLOWED.length || !ALLOWED[c]) {
        return false;
      }
    }
    return true;
  }

  /**
   * A new id that can also serve as a W3C trace id.
   *
   * @return 32 lower-case hexadecimal digits, of which 122 bits are random
   */
  public static String random() {
    UUID uuid = UUID.randomUUID();
    char[] digits = new char[32];
    hex(uuid.getMostSignificantBits(), digits, 0);
    hex(uuid.getLeastSignificantBits(), digits, 16);
    return new String(digits);
  }

  private static void hex(long bits, char[] digits, int at) {
    for (int i = 0; i < 16; i++) {
      digits[at + i] = Character.forDigit((int) (bits >>> 60 - 4 * i) & 0xF, 16);
    }
  }
}
