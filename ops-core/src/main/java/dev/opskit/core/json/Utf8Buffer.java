package dev.opskit.core.json;

import java.util.Arrays;

/** A growing byte buffer that encodes characters as UTF-8 and escapes them for JSON strings. */
final class Utf8Buffer {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int CHUNK = 1024;

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
      long room =
          Math.min(JsonText.LONGEST_ESCAPE * (stop - i), last - size + JsonText.LONGEST_ESCAPE);
      reserve((int) Math.max(room, JsonText.LONGEST_ESCAPE) + 1);
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
    byte escape = JsonText.escapeOf(c);
    if (escape != 0) {
      size = JsonText.putEscape(bytes, size, c, escape);
      return 1;
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < length
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      size = JsonText.putUtf8(bytes, size, Character.toCodePoint(c, text.charAt(i + 1)));
      return 2;
    }
    size = JsonText.putUtf8(bytes, size, Character.isSurrogate(c) ? REPLACEMENT : c);
    return 1;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }
}
