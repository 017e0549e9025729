package dev.opskit.core.json;

import java.util.Arrays;

/** A growing byte buffer that encodes characters as UTF-8 and escapes them for JSON strings. */
final class Utf8Buffer {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final int REPLACEMENT = 0xFFFD;
  private static final int CHUNK = 1024;

  /** A numeric escape is the longest that one character becomes. */
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

  Utf8Buffer(int initialBytes) {
    this.bytes = new byte[initialBytes];
  }

  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  void bytes(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
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

  void quoted(CharSequence text) {
    quoted(text, Integer.MAX_VALUE);
  }

  /** Writes at most {@code maxBytes}, the quotes included; returns how many characters fitted. */
  int quoted(CharSequence text, int maxBytes) {
    int length = text.length();
    ascii('"');
    long last = (long) size + maxBytes - 2;
    int i = 0;
    while (i < length) {
      // Long texts rarely need the longest escape everywhere, so room is made chunk by chunk.
      int stop = i + Math.min(CHUNK, length - i);
      long room = Math.min(LONGEST_ESCAPE * (stop - i), last - size + LONGEST_ESCAPE);
      reserve((int) Math.max(room, LONGEST_ESCAPE) + 1);
      while (i < stop) {
        int before = size;
        int next = i + character(text, i, length);
        if (size > last) {
          size = before;
          ascii('"');
          return i;
        }
        i = next;
      }
    }
    ascii('"');
    return i;
  }

  /** Writes the character at {@code i}; returns 2 if it was a surrogate pair, else 1. */
  private int character(CharSequence text, int i, int length) {
    char c = text.charAt(i);
    if (c < 128) {
      if (ESCAPES[c] == 0) {
        bytes[size++] = (byte) c;
      } else {
        escape(c, ESCAPES[c]);
      }
    } else if (Character.isHighSurrogate(c)
        && i + 1 < length
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      fourBytes(Character.toCodePoint(c, text.charAt(i + 1)));
      return 2;
    } else {
      beyondAscii(Character.isSurrogate(c) ? REPLACEMENT : c);
    }
    return 1;
  }

  private void beyondAscii(int c) {
    if (c < 0xA0 || isLineOrBidiControl(c)) {
      escape(c, (byte) 'u');
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else {
      bytes[size++] = (byte) (0xE0 | c >> 12);
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    }
  }

  private void fourBytes(int c) {
    bytes[size++] = (byte) (0xF0 | c >> 18);
    bytes[size++] = (byte) (0x80 | c >> 12 & 0x3F);
    bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
    bytes[size++] = (byte) (0x80 | c & 0x3F);
  }

  private void escape(int c, byte letter) {
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
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }
}
