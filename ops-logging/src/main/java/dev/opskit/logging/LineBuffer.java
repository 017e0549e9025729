package dev.opskit.logging;

import dev.opskit.core.json.JsonText;
import java.util.Arrays;

/**
 * The bytes of one line of JSON as they grow, in an array that is kept from event to event. Text is
 * written character by character as UTF-8, escaped for a JSON string; nothing is allocated once the
 * array has grown. Confined to one thread.
 *
 * <p>What is escaped {@link JsonText} says. Unpaired surrogates become U+FFFD.
 */
final class LineBuffer {
  private static final int REPLACEMENT = 0xFFFD;

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
      reserve(JsonText.LONGEST_ESCAPE);
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
      if (c >= 128 || JsonText.escapeOf(c) != 0) {
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
    byte escape = JsonText.escapeOf(c);
    if (escape != 0) {
      escaped = true;
      size = JsonText.putEscape(bytes, size, c, escape);
      return 1;
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      size = JsonText.putUtf8(bytes, size, Character.toCodePoint(c, text.charAt(i + 1)));
      return 2;
    }
    boolean isUnpaired = Character.isSurrogate(c);
    escaped |= isUnpaired;
    size = JsonText.putUtf8(bytes, size, isUnpaired ? REPLACEMENT : c);
    return 1;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
