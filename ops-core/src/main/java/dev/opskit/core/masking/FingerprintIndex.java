package dev.opskit.core.masking;

import java.util.List;

/**
 * A set of fingerprints. What it costs to ask for one hardly depends on how many there are: a
 * bitmap with room for 64 times as many says no to nearly all of what is no value.
 *
 * <p>Changed under the lock of its registry, which publishes what {@link #with} and {@link
 * #without} return. They keep what is large and is not touched: the fingerprints are in a few
 * parts, each several times as large as the next, so that a new one is seldom sorted in among all.
 */
final class FingerprintIndex {
  private static final int MIN_BITS = 10;
  private static final int MAX_BITS = 20;

  /** A part that is not so many times as large as the next one is merged with it. */
  private static final int RATIO = 4;

  final Fingerprint.Key key;
  private final SortedFingerprints[] parts;
  private final int size;
  private final int gaps;
  private final int bits;

  /**
   * Shared with the sets that this one was made from. Bits are only ever added, so who searches one
   * of those looks twice at some text for nothing, at worst.
   */
  private final long[] bitmap;

  private FingerprintIndex(
      SortedFingerprints[] parts,
      int size,
      int gaps,
      int bits,
      long[] bitmap,
      Fingerprint.Key key) {
    this.parts = parts;
    this.size = size;
    this.gaps = gaps;
    this.bits = bits;
    this.bitmap = bitmap;
    this.key = key;
  }

  static FingerprintIndex empty(Fingerprint.Key key) {
    return of(new SortedFingerprints[0], 0, key);
  }

  /** With a bitmap of its own, and without gaps. */
  private static FingerprintIndex of(SortedFingerprints[] parts, int size, Fingerprint.Key key) {
    int bits = bitsFor(size);
    FingerprintIndex index =
        new FingerprintIndex(parts, size, 0, bits, new long[1 << bits - 6], key);
    for (SortedFingerprints part : parts) {
      part.forEach(index::set);
    }
    return index;
  }

  private static int bitsFor(int size) {
    int wanted = 32 - Integer.numberOfLeadingZeros(64 * Math.min(size, 1 << 20));
    return Math.max(MIN_BITS, Math.min(MAX_BITS, wanted));
  }

  FingerprintIndex with(List<Fingerprint> more) {
    SortedFingerprints last = SortedFingerprints.of(more.toArray(Fingerprint[]::new));
    int kept = parts.length;
    while (kept > 0 && parts[kept - 1].size() < RATIO * last.size()) {
      last = parts[--kept].merged(last);
    }
    SortedFingerprints[] next = new SortedFingerprints[kept + 1];
    System.arraycopy(parts, 0, next, 0, kept);
    next[kept] = last;
    int nextSize = size + more.size();
    if (bitsFor(nextSize) > bits) {
      return of(next, nextSize, key);
    }
    more.forEach(this::set);
    return new FingerprintIndex(next, nextSize, gaps, bits, bitmap, key);
  }

  FingerprintIndex without(List<Fingerprint> closed) {
    int removed = 0;
    for (Fingerprint f : closed) {
      for (SortedFingerprints part : parts) {
        if (part.remove(f)) {
          removed++;
          break;
        }
      }
    }
    int left = size - removed;
    return gaps + removed > left
        ? withoutGaps(left)
        : new FingerprintIndex(parts, left, gaps + removed, bits, bitmap, key);
  }

  private FingerprintIndex withoutGaps(int left) {
    if (left == 0) {
      return empty(key);
    }
    SortedFingerprints all = SortedFingerprints.of(new Fingerprint[0]);
    for (int i = parts.length - 1; i >= 0; i--) {
      all = parts[i].merged(all);
    }
    return of(new SortedFingerprints[] {all}, left, key);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** False for nearly every window that begins no value. */
  boolean mayBegin(int mixed) {
    return isSet(mixed >>> 32 - bits) && isSet(mixed & (1 << bits) - 1);
  }

  /**
   * The first place whose window may begin a value, or {@code end}. This loop is what masking
   * costs: it looks at every second place only, for seven bytes that begin a value right behind it,
   * or that follow the first byte of one.
   */
  int firstCandidate(byte[] text, int from, int end) {
    long[] bits = bitmap;
    long multiplier = key.multiplier();
    int shift = 64 - this.bits;
    for (int at = from; at < end; at += 2) {
      int bit = (int) ((Words.at(text, at) << 8) * multiplier >>> shift);
      if ((bits[bit >> 6] & 1L << bit) != 0) {
        if (mayBegin(text, at)) {
          return at;
        }
        if (at + 1 < end && mayBegin(text, at + 1)) {
          return at + 1;
        }
      }
    }
    return end;
  }

  private boolean mayBegin(byte[] text, int at) {
    return mayBegin(key.mix(Words.at(text, at)));
  }

  /** In how many parts they are. */
  int parts() {
    return parts.length;
  }

  SortedFingerprints part(int number) {
    return parts[number];
  }

  private void set(Fingerprint f) {
    set(f.prefix() >>> 32 - bits);
    set(f.prefix() & (1 << bits) - 1);
    set(f.firstSeven() >>> 32 - bits);
    set(f.nextSeven() >>> 32 - bits);
  }

  private void set(int bit) {
    bitmap[bit >> 6] |= 1L << bit;
  }

  private boolean isSet(int bit) {
    return (bitmap[bit >> 6] & 1L << bit) != 0;
  }
}
