package dev.opskit.core.masking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds values in one reading of a text. Keeps no state and, until there is a find, no memory. */
final class Search {
  private static final int WINDOW = SensitiveValues.MIN_BYTES;

  private Search() {}

  /** Where the next value begins, or -1. */
  static int next(FingerprintIndex index, Reading reading, byte[] text, int from, int end) {
    return reading == Reading.PLAIN
        ? nextPlain(index, text, from, end)
        : nextEscaped(index, reading, text, from, end);
  }

  private static int nextPlain(FingerprintIndex index, byte[] text, int from, int end) {
    int stop = end - WINDOW + 1;
    for (int at = from; at < stop; at++) {
      at = index.firstCandidate(text, at, stop);
      if (at < stop && at(index, Reading.PLAIN, text, at, end) != null) {
        return at;
      }
    }
    return -1;
  }

  /** The window's source may be longer than the window: the spans of its bytes are in a second. */
  private static int nextEscaped(
      FingerprintIndex index, Reading reading, byte[] text, int from, int end) {
    long window = 0;
    long spans = 0;
    int length = 0;
    int filled = 0;
    for (int at = from; at < end; ) {
      if (reading.isPlain(text[at])) {
        length += 1 - (int) (spans >>> 56);
        spans = spans << 8 | 1;
        window = window << 8 | text[at++] & 0xFF;
        filled++;
        if (index.mayBegin(index.key.mix(window))
            && filled >= WINDOW
            && at(index, reading, text, at - length, end) != null) {
          return at - length;
        }
        continue;
      }
      long unit = reading.unit(text, at, end);
      int next = Reading.next(unit);
      int bytes = Reading.bytes(unit);
      for (int i = 0; i < bytes; i++) {
        int span = i == 0 ? next - at : 0;
        length += span - (int) (spans >>> 56);
        spans = spans << 8 | span;
        window = window << 8 | Reading.utf8(unit, i);
        filled++;
        if (filled >= WINDOW
            && index.mayBegin(index.key.mix(window))
            && at(index, reading, text, next - length, end) != null) {
          return next - length;
        }
      }
      // What looks like an escape may be the end of one thing and the beginning of a value.
      for (int inside = at + 1; inside < next; inside++) {
        if (at(index, reading, text, inside, end) != null) {
          return earliest(index, reading, text, Math.max(from, next - length), inside, end);
        }
      }
      at = next;
    }
    return -1;
  }

  private static int earliest(
      FingerprintIndex index, Reading reading, byte[] text, int from, int found, int end) {
    for (int at = from; at < found; at++) {
      if (at(index, reading, text, at, end) != null) {
        return at;
      }
    }
    return found;
  }

  /** The longest value that begins exactly there, or null. */
  static @Nullable Find at(
      FingerprintIndex index, Reading reading, byte[] text, int start, int end) {
    long window = 0;
    int at = start;
    for (int filled = 0; filled < WINDOW; ) {
      if (at >= end) {
        return null;
      }
      long unit = reading.unit(text, at, end);
      for (int i = 0; i < Reading.bytes(unit) && filled < WINDOW; i++) {
        window = window << 8 | Reading.utf8(unit, i);
        filled++;
      }
      at = Reading.next(unit);
    }
    int mixed = index.key.mix(window);
    return index.mayBegin(mixed) ? longest(index, reading, text, start, end, mixed) : null;
  }

  private static @Nullable Find longest(
      FingerprintIndex index, Reading reading, byte[] text, int start, int end, int mixed) {
    Find longest = null;
    int longestBytes = 0;
    int length = 0;
    long digest = 0;
    int stop = -1;
    for (int part = 0; part < index.parts(); part++) {
      SortedFingerprints candidates = index.part(part);
      for (int at = candidates.firstOf(mixed); candidates.has(at, mixed); at++) {
        Fingerprint wanted = candidates.at(at);
        if (wanted.length() <= longestBytes || candidates.isGap(at)) {
          continue;
        }
        if (wanted.length() != length) {
          length = wanted.length();
          byte[] read = new byte[length];
          stop = read(reading, text, start, end, read);
          digest = index.key.digest(read, 0, length);
          Arrays.fill(read, (byte) 0);
        }
        if (stop >= 0 && wanted.digest() == digest) {
          longest = new Find(stop, wanted.edges());
          longestBytes = length;
        }
      }
    }
    return longest;
  }

  /** Fills an array with what begins there; returns where that ends, or -1 if there is less. */
  private static int read(Reading reading, byte[] text, int start, int end, byte[] into) {
    int at = start;
    for (int filled = 0; filled < into.length; ) {
      if (at >= end) {
        return -1;
      }
      long unit = reading.unit(text, at, end);
      for (int i = 0; i < Reading.bytes(unit); i++) {
        if (filled < into.length) {
          into[filled++] = (byte) Reading.utf8(unit, i);
        }
      }
      at = Reading.next(unit);
    }
    return at;
  }

  /** A value's end, and whether its neighbours hold some of its bits. */
  record Find(int end, Fingerprint.Edges edges) {}
}
