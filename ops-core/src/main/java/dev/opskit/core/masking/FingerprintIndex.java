package dev.opskit.core.masking;

import java.util.List;

/** An immutable set of fingerprints that is searched for at every position of a text. */
final class FingerprintIndex {
  private static final int BITS = 16;
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
    return new FingerprintIndex(fingerprints.toArray(new Fingerprint[0]), bitmap, key);
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
    int longest = 0;
    for (Fingerprint f : fingerprints) {
      if (f.prefix() == mixed
          && f.length() > longest
          && at + f.length() <= end
          && f.digest() == key.digest(text, at, f.length())) {
        longest = f.length();
      }
    }
    return longest;
  }
}
