package dev.opskit.core.masking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * An immutable set of fingerprints. What it costs to ask for one hardly depends on how many there
 * are: a bitmap with room for 64 times as many says no to nearly all of what is no value.
 */
final class FingerprintIndex {
  private static final int MIN_BITS = 10;
  private static final int MAX_BITS = 20;

  /** Those with the same prefix stand together, the longest first. */
  private static final Comparator<Fingerprint> ORDER =
      Comparator.comparingInt(Fingerprint::prefix)
          .thenComparing(Comparator.comparingInt(Fingerprint::length).reversed());

  final Fingerprint.Key key;
  private final Fingerprint[] fingerprints;
  private final long[] bitmap;
  private final int bits;

  private FingerprintIndex(Fingerprint[] sorted, Fingerprint.Key key) {
    this.fingerprints = sorted;
    this.key = key;
    int wanted = 32 - Integer.numberOfLeadingZeros(64 * Math.min(sorted.length, 1 << 20));
    this.bits = Math.max(MIN_BITS, Math.min(MAX_BITS, wanted));
    this.bitmap = new long[1 << bits - 6];
    for (Fingerprint f : sorted) {
      set(f.prefix() >>> 32 - bits);
      set(f.prefix() & (1 << bits) - 1);
    }
  }

  static FingerprintIndex empty(Fingerprint.Key key) {
    return new FingerprintIndex(new Fingerprint[0], key);
  }

  FingerprintIndex with(List<Fingerprint> more) {
    Fingerprint[] all = Arrays.copyOf(fingerprints, fingerprints.length + more.size());
    for (int i = 0; i < more.size(); i++) {
      all[fingerprints.length + i] = more.get(i);
    }
    // Takes next to no time where all but the last few are in order already.
    Arrays.sort(all, ORDER);
    return new FingerprintIndex(all, key);
  }

  /** By identity: equal values may be registered twice. */
  FingerprintIndex without(List<Fingerprint> closed) {
    Map<Fingerprint, Boolean> gone = new IdentityHashMap<>();
    closed.forEach(f -> gone.put(f, true));
    return new FingerprintIndex(
        Arrays.stream(fingerprints).filter(f -> !gone.containsKey(f)).toArray(Fingerprint[]::new),
        key);
  }

  boolean isEmpty() {
    return fingerprints.length == 0;
  }

  /** False for nearly every window that begins no value. */
  boolean mayBegin(int mixed) {
    return isSet(mixed >>> 32 - bits) && isSet(mixed & (1 << bits) - 1);
  }

  /**
   * The first place whose window may begin a value, or {@code end}. Asks half of the question, with
   * all that it needs at hand: this loop is what masking costs.
   *
   * @param window the eight bytes that begin at {@code from}
   */
  int firstCandidate(byte[] text, int from, int end, long window) {
    long[] bits = bitmap;
    long multiplier = key.multiplier();
    int shift = 64 - this.bits;
    long bytes = window;
    for (int at = from; ; at++) {
      int bit = (int) (bytes * multiplier >>> shift);
      if ((bits[bit >> 6] & 1L << bit) != 0) {
        return at;
      }
      if (at + 1 == end) {
        return end;
      }
      bytes = bytes << 8 | text[at + SensitiveValues.MIN_BYTES] & 0xFF;
    }
  }

  private void set(int bit) {
    bitmap[bit >> 6] |= 1L << bit;
  }

  private boolean isSet(int bit) {
    return (bitmap[bit >> 6] & 1L << bit) != 0;
  }

  /** The first of those with this prefix, if there is one. */
  int firstOf(int prefix) {
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

  boolean has(int position, int prefix) {
    return position < fingerprints.length && fingerprints[position].prefix() == prefix;
  }

  Fingerprint at(int position) {
    return fingerprints[position];
  }
}
