package dev.opskit.logging;

import java.util.Arrays;

/**
 * The bytes of one line of JSON as they grow, in an array that is kept from event to event. Text is
 * written character by character as UTF-8, escaped for a JSON string; nothing is allocated once the
 * array has grown. Confined to one thread.
 *
 * <p>Escaped is what RFC 8259 demands and what could forge a line or reorder it on a terminal: C1
 * controls, DEL, U+2028, U+2029, bidirectional controls. Unpaired surrogates become U+FFFD.
 */
final class LineBuffer {
  private static final byte[] HEX = Ascii.bytes("0123456789abcdef");
  private static final int REPLACEMENT = 0xFFFD;
  private static final int LONGEST_ESCAPE = 6;

  /** For each ASCII character: 0 as it is, 'u' as a numeric escape, else the letter after '\'. */
  private static final byte[] ESCAPES = new byte[128];

  static {
    Arrays.fill(ESCAPES, 0, 0x20, (byte) 'u');
    ESCAPES[0x7F] = 'u';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES['\n'] = 'n';
    ESCAPES['\r'] = 'r';
    ESCAPES['\t'] = 't';
    ESCAPES['\b'] = 'b';
    ESCAPES['\f'] = 'f';
  }

  byte[] bytes;
  int size;

  /** Set when written bytes are not the UTF-8 of the text; cleared by whoever wants to know. */
  boolean escaped;

  LineBuffer(int initialBytes) {
    this.bytes = new byte[initialBytes];
  }

  void raw(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, size, source.length);
    size += source.length;
  }

  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  /** Puts a comma behind a value. Every value but the first follows one of these characters. */
  void separate() {
    byte last = bytes[size - 1];
    if (last != '{' && last != '[' && last != ':') {
      ascii(',');
    }
  }

  void decimal(long value) {
    reserve(20);
    if (value < 0) {
      bytes[size++] = '-';
    }
    // Negative numbers have the larger range, so digits are taken from those.
    long rest = value < 0 ? value : -value;
    int digits = 1;
    for (long v = rest / 10; v != 0; v /= 10) {
      digits++;
    }
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  /**
   * Writes the inside of a string, ending before the size would exceed {@code last} and never
   * inside a code point or an escape. Returns how many characters were written.
   */
  int content(String text, int last) {
    int length = text.length();
    int i = 0;
    while (i < length) {
      int stop = (int) Math.min(length, i + Math.max(0L, (long) last - size));
      i = plain(text, i, stop);
      if (i == stop) {
        return i;
      }
      int before = size;
      reserve(LONGEST_ESCAPE);
      int next = i + special(text, i);
      if (size > last) {
        size = before;
        return i;
      }
      i = next;
    }
    return i;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** The common case, kept small so that it is compiled into one tight loop. */
  private int plain(String text, int from, int to) {
    reserve(to - from);
    byte[] out = bytes;
    int shift = size - from;
    int i = from;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 128 || ESCAPES[c] != 0) {
        break;
      }
      out[shift + i] = (byte) c;
    }
    size = shift + i;
    return i;
  }

  /** Returns 2 if the character at {@code i} was a surrogate pair, else 1. */
  private int special(String text, int i) {
    char c = text.charAt(i);
    if (c < 128) {
      escape(c, ESCAPES[c]);
    } else if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      int point = Character.toCodePoint(c, text.charAt(i + 1));
      bytes[size++] = (byte) (0xF0 | point >> 18);
      bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
      bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | point & 0x3F);
      return 2;
    } else if (c < 0xA0 || isLineOrBidiControl(c)) {
      escape(c, (byte) 'u');
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else {
      escaped |= Character.isSurrogate(c);
      int point = Character.isSurrogate(c) ? REPLACEMENT : c;
      bytes[size++] = (byte) (0xE0 | point >> 12);
      bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | point & 0x3F);
    }
    return 1;
  }

  private void escape(int c, byte letter) {
    escaped = true;
    bytes[size++] = '\\';
    bytes[size++] = letter;
    if (letter == 'u') {
      bytes[size++] = HEX[c >> 12 & 0xF];
      bytes[size++] = HEX[c >> 8 & 0xF];
      bytes[size++] = HEX[c >> 4 & 0xF];
      bytes[size++] = HEX[c & 0xF];
    }
  }

  private static boolean isLineOrBidiControl(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
