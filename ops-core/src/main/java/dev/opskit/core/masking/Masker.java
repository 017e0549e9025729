package dev.opskit.core.masking;

import dev.opskit.core.masking.Search.Find;
import java.util.Arrays;

/** Replaces what is found in any reading of one text. Confined to one thread, for one use. */
final class Masker {
  private static final byte[] MASK = {'*', '*', '*'};
  private static final int READINGS = Reading.values().length;

  private final FingerprintIndex index;
  private final byte[] buffer;
  private final int end;
  private final int readings;

  /** Where each reading finds its next value, or the end; less than it is asked for if unknown. */
  private final int[] starts = new int[READINGS];

  private Masker(FingerprintIndex index, byte[] buffer, int offset, int end, int readings) {
    this.index = index;
    this.buffer = buffer;
    this.end = end;
    this.readings = readings;
    Arrays.fill(starts, offset - 1);
  }

  /** Masks in place; returns the new length, which is the old one only if nothing was found. */
  static int mask(FingerprintIndex index, byte[] buffer, int offset, int length) {
    int end = offset + length;
    int readings = Reading.differing(buffer, offset, end);
    return finds(index, buffer, offset, end, readings)
        ? new Masker(index, buffer, offset, end, readings).replace(offset) - offset
        : length;
  }

  static boolean finds(FingerprintIndex index, byte[] text, int from, int end) {
    return finds(index, text, from, end, Reading.differing(text, from, end));
  }

  private static boolean finds(
      FingerprintIndex index, byte[] text, int from, int end, int readings) {
    for (int i = 0; i < READINGS; i++) {
      if ((readings & 1 << i) != 0 && Search.next(index, Reading.of(i), text, from, end) >= 0) {
        return true;
      }
    }
    return false;
  }

  private int replace(int offset) {
    int to = offset;
    int read = offset;
    for (int from = next(read); from < end; from = next(read)) {
      Span span = overlapping(from);
      int begin = Math.max(read, span.from);
      // What is found in the part that is moved was found before it is moved.
      System.arraycopy(buffer, read, buffer, to, begin - read);
      to += begin - read;
      System.arraycopy(MASK, 0, buffer, to, MASK.length);
      to += MASK.length;
      read = span.to;
    }
    System.arraycopy(buffer, read, buffer, to, end - read);
    return to + end - read;
  }

  private int next(int from) {
    int earliest = end;
    for (int i = 0; i < READINGS; i++) {
      if ((readings & 1 << i) != 0) {
        if (starts[i] < from) {
          int found = Search.next(index, Reading.of(i), buffer, from, end);
          starts[i] = found < 0 ? end : found;
        }
        earliest = Math.min(earliest, starts[i]);
      }
    }
    return earliest;
  }

  /** The value that begins there and all that begin inside it, however they overlap. */
  private Span overlapping(int start) {
    Span span = new Span(start, start);
    for (int at = start; at <= span.to && at < end; at++) {
      for (int i = 0; i < READINGS; i++) {
        Find find =
            (readings & 1 << i) == 0 ? null : Search.at(index, Reading.of(i), buffer, at, end);
        if (find != null) {
          boolean isPlain = i == Reading.PLAIN.ordinal();
          boolean before = isPlain && find.edges().before() && isBase64Before(at);
          boolean after = isPlain && find.edges().after() && isBase64(find.end());
          span =
              new Span(
                  Math.min(span.from, before ? at - 1 : at),
                  Math.max(span.to, after ? find.end() + 1 : find.end()));
        }
      }
    }
    return span;
  }

  /** A letter behind a backslash belongs to an escape and not to the base64. */
  private boolean isBase64Before(int at) {
    return at > 0 && isBase64(at - 1) && !(at > 1 && buffer[at - 2] == '\\');
  }

  private boolean isBase64(int at) {
    byte b = at < end ? buffer[at] : 0;
    return b >= '0' && b <= '9'
        || b >= 'A' && b <= 'Z'
        || b >= 'a' && b <= 'z'
        || b == '+'
        || b == '/'
        || b == '-'
        || b == '_';
  }

  private record Span(int from, int to) {}
}
