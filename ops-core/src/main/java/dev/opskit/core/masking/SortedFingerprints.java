package dev.opskit.core.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fingerprints in the order in which they are looked for: those with the same prefix stand
 * together, the longest first. Changed by one thread while others search, in one way only: one that
 * is there becomes a gap.
 */
final class SortedFingerprints {
  private static final Comparator<Fingerprint> ORDER =
      Comparator.comparingInt(Fingerprint::prefix)
          .thenComparing(Comparator.comparingInt(Fingerprint::length).reversed())
          .thenComparingLong(Fingerprint::digest);

  private final Fingerprint[] sorted;
  private final boolean[] gaps;

  private SortedFingerprints(Fingerprint[] sorted) {
    this.sorted = sorted;
    this.gaps = new boolean[sorted.length];
  }

  static SortedFingerprints of(Fingerprint[] all) {
    Fingerprint[] sorted = all.clone();
    Arrays.sort(sorted, ORDER);
    return new SortedFingerprints(sorted);
  }

  /** Both together, without their gaps. */
  SortedFingerprints merged(SortedFingerprints other) {
    List<Fingerprint> all = new ArrayList<>(sorted.length + other.sorted.length);
    forEach(all::add);
    other.forEach(all::add);
    // Takes next to no time for what consists of two parts that are in order already.
    return of(all.toArray(Fingerprint[]::new));
  }

  /** Gaps count as well. */
  int size() {
    return sorted.length;
  }

  void forEach(Consumer<Fingerprint> use) {
    for (int at = 0; at < sorted.length; at++) {
      if (!gaps[at]) {
        use.accept(sorted[at]);
      }
    }
  }

  /** Leaves a gap; by identity, as equal values may be registered twice. */
  boolean remove(Fingerprint closed) {
    int at = Arrays.binarySearch(sorted, closed, ORDER);
    while (at > 0 && ORDER.compare(sorted[at - 1], closed) == 0) {
      at--;
    }
    for (; at >= 0 && at < sorted.length && ORDER.compare(sorted[at], closed) == 0; at++) {
      if (sorted[at] == closed && !gaps[at]) {
        gaps[at] = true;
        return true;
      }
    }
    return false;
  }

  /** The first of those with this prefix, if there is one. */
  int firstOf(int prefix) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].prefix() < prefix) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean has(int position, int prefix) {
    return position < sorted.length && sorted[position].prefix() == prefix;
  }

  boolean isGap(int position) {
    return gaps[position];
  }

  Fingerprint at(int position) {
    return sorted[position];
  }
}
