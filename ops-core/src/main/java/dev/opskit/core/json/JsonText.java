package dev.opskit.core.json;

import java.util.Arrays;

/**
 * How characters stand inside a JSON string in UTF-8, for modules that write their own bytes; all
 * others use {@link JsonWriter}. Stateless and thread-safe; allocates nothing.
 *
 * <p>Escaped is what RFC 8259 demands and what could forge a line or reorder it on a terminal: C1
 * controls, DEL, U+2028, U+2029, bidirectional controls.
 */
public final class JsonText {
  /** The most bytes that {@link #putEscape} writes. */
  public static final int LONGEST_ESCAPE = 6;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] ASCII = new byte[128];

  static {
    Arrays.fill(ASCII, 0, 0x20, (byte) 'u');
    ASCII[0x7F] = 'u';
    ASCII['"'] = '"';
    ASCII['\\'] = '\\';
    ASCII['\n'] = 'n';
    ASCII['\r'] = 'r';
    ASCII['\t'] = 't';
    ASCII['\b'] = 'b';
    ASCII['\f'] = 'f';
  }

  private JsonText() {}

  /**
   * Whether a character needs an escape.
   *
   * @param c any character
   * @return 0 if it stands as it is, {@code 'u'} for a numeric escape, else the letter behind the
   *     backslash
   */
  public static byte escapeOf(char c) {
    if (c < 128) {
      return ASCII[c];
    }
    return c < 0xA0 || isLineOrBidiControl(c) ? (byte) 'u' : 0;
  }

  /**
   * Writes a character as an escape.
   *
   * @param target has room for {@value #LONGEST_ESCAPE} bytes
   * @param at where
   * @param c the character
   * @param escape what {@link #escapeOf} said of it, not 0
   * @return the position behind it
   */
  public static int putEscape(byte[] target, int at, char c, byte escape) {
    target[at] = '\\';
    target[at + 1] = escape;
    if (escape != 'u') {
      return at + 2;
    }
    target[at + 2] = HEX[c >> 12];
    target[at + 3] = HEX[c >> 8 & 0xF];
    target[at + 4] = HEX[c >> 4 & 0xF];
    target[at + 5] = HEX[c & 0xF];
    return at + 6;
  }

  /**
   * Writes a code point in UTF-8.
   *
   * @param target has room for four bytes
   * @param at where
   * @param point a code point that is no surrogate
   * @return the position behind it
   */
  public static int putUtf8(byte[] target, int at, int point) {
    int next = at;
    if (point < 0x80) {
      target[next++] = (byte) point;
      return next;
    }
    if (point < 0x800) {
      target[next++] = (byte) (0xC0 | point >> 6);
    } else {
      if (point < 0x10000) {
        target[next++] = (byte) (0xE0 | point >> 12);
      } else {
        target[next++] = (byte) (0xF0 | point >> 18);
        target[next++] = (byte) (0x80 | point >> 12 & 0x3F);
      }
      target[next++] = (byte) (0x80 | point >> 6 & 0x3F);
    }
    target[next++] = (byte) (0x80 | point & 0x3F);
    return next;
  }

  private static boolean isLineOrBidiControl(char c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
