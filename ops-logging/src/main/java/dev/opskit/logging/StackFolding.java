package dev.opskit.logging;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which stacks were written whole, by hash, so that a storm of one exception is written
 * once a window. Time is that of the events. Holds the last {@value #SLOTS} stacks; one that is
 * pushed out is written whole again. Thread-safe.
 */
final class StackFolding {
  private static final int SLOTS = 512;

  private final AtomicReferenceArray<@Nullable Seen> seen = new AtomicReferenceArray<>(SLOTS);

  /** How often this stack came in its window so far; 1 if it is to be written whole. */
  int count(long hash, long nowMillis, int windowSeconds) {
    int slot = (int) (hash ^ hash >>> 32) & SLOTS - 1;
    while (true) {
      Seen before = seen.get(slot);
      boolean known =
          before != null
              && before.hash == hash
              && Math.abs(nowMillis - before.sinceMillis) < windowSeconds * 1_000L;
      Seen now = known ? before.again() : new Seen(hash, nowMillis, 1);
      if (seen.compareAndSet(slot, before, now)) {
        return now.count;
      }
    }
  }

  private record Seen(long hash, long sinceMillis, int count) {
    Seen again() {
      return new Seen(hash, sinceMillis, count + 1);
    }
  }
}
