package dev.opskit.logging;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few idle writers for any number of threads. There is nothing in a thread-local: a million
 * virtual threads retain nothing, and an event that is logged while another is being encoded on the
 * same thread (by a {@code toString} that logs) simply finds its slot empty.
 */
final class WriterPool {
  private static final int SLOTS = 16;

  /** Threads that share a slot look next to it before they make a writer. */
  private static final int TRIES = 4;

  private final AtomicReferenceArray<@Nullable EventWriter> idle =
      new AtomicReferenceArray<>(SLOTS);
  private final Supplier<EventWriter> factory;

  WriterPool(Supplier<EventWriter> factory) {
    this.factory = factory;
  }

  EventWriter borrow() {
    int slot = slot();
    for (int i = 0; i < TRIES; i++) {
      int at = (slot + i) % SLOTS;
      if (idle.getPlain(at) != null) {
        EventWriter writer = idle.getAndSet(at, null);
        if (writer != null) {
          return writer;
        }
      }
    }
    return factory.get();
  }

  /** Not called for a writer that threw: it is left to the garbage collector. */
  void giveBack(EventWriter writer) {
    int slot = slot();
    for (int i = 0; i < TRIES; i++) {
      int at = (slot + i) % SLOTS;
      if (idle.getPlain(at) == null && idle.compareAndSet(at, null, writer)) {
        return;
      }
    }
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % SLOTS);
  }
}
