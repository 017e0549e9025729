package dev.opskit.core.masking;

import java.util.Comparator;
import java.util.List;

/** An immutable set of fingerprints that is searched for at every position of a text. */
final class FingerprintIndex {
  private static final int BITS = 16;

  /** Those with the same prefix stand together, the longest first. */
  private static final Comparator<Fingerprint> ORDER =
      Comparator.comparingInt(Fingerprint::prefix)
          .thenComparing(Comparator.comparingInt(Fingerprint::length).reversed());

  static final FingerprintIndex EMPTY =
      new FingerprintIndex(new Fingerprint[0], new long[1], new Fingerprint.Key(1, new byte[0]));

  private final Fingerprint[] fingerprints;
  private final long[] bitmap;
  private final Fingerprint.Key key;

  private FingerprintIndex(Fingerprint[] fingerprints, long[] bitmap, Fingerprint.Key key) {
    this.fingerprints = fingerprints;
    this.bitmap = bitmap;
    this.key = key;
  }

  static FingerprintIndex of(List<Fingerprint> fingerprints, Fingerprint.Key key) {
    if (fingerprints.isEmpty()) {
      return EMPTY;
    }
    long[] bitmap = new long[1 << BITS - 6];
    for (Fingerprint f : fingerprints) {
      int bit = f.prefix() >>> 32 - BITS;
      bitmap[bit >> 6] |= 1L << bit;
    }
    Fingerprint[] sorted = fingerprints.stream().sorted(ORDER).toArray(Fingerprint[]::new);
    return new FingerprintIndex(sorted, bitmap, key);
  }

  boolean isEmpty() {
    return fingerprints.length == 0;
  }

  /** Where the next registered value begins, or -1. */
  int next(byte[] text, int from, int end) {
    int last = end - SensitiveValues.MIN_BYTES;
    if (from > last) {
      return -1;
    }
    long window = Fingerprint.window(text, from);
    for (int at = from; ; at++) {
      int mixed = key.mix(window);
      if (mayMatch(mixed) && longestMatch(text, at, end, mixed) > 0) {
        return at;
      }
      if (at == last) {
        return -1;
      }
      window = window << 8 | text[at + SensitiveValues.MIN_BYTES] & 0xFF;
    }
  }

  /**
   * The end of the value at {@code start} and of all that begin inside it, however they overlap.
   */
  int endOfOverlapping(byte[] text, int start, int end) {
    int stop = start;
    for (int at = start; at <= stop && at + SensitiveValues.MIN_BYTES <= end; at++) {
      int mixed = key.prefix(text, at);
      if (mayMatch(mixed)) {
        stop = Math.max(stop, at + longestMatch(text, at, end, mixed));
      }
    }
    return stop;
  }

  private boolean mayMatch(int mixed) {
    int bit = mixed >>> 32 - BITS;
    return (bitmap[bit >> 6] & 1L << bit) != 0;
  }

  private int longestMatch(byte[] text, int at, int end, int mixed) {
    int length = 0;
    long digest = 0;
    for (int i = firstOf(mixed); i < fingerprints.length; i++) {
      Fingerprint f = fingerprints[i];
      if (f.prefix() != mixed) {
        return 0;
      }
      if (f.length() <= end - at) {
        if (f.length() != length) {
          length = f.length();
          digest = key.digest(text, at, length);
        }
        if (f.digest() == digest) {
          return length;
        }
      }
    }
    return 0;
  }

  private int firstOf(int prefix) {
    int low = 0;
    int high = fingerprints.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (fingerprints[middle].prefix() < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
