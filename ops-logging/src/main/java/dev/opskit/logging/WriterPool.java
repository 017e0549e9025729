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

  private final AtomicReferenceArray<@Nullable EventWriter> idle =
      new AtomicReferenceArray<>(SLOTS);
  private final Supplier<EventWriter> factory;

  WriterPool(Supplier<EventWriter> factory) {
    this.factory = factory;
  }

  EventWriter borrow() {
    EventWriter writer = idle.getAndSet(slot(), null);
    return writer == null ? factory.get() : writer;
  }

  /** Not called for a writer that threw: it is left to the garbage collector. */
  void giveBack(EventWriter writer) {
    idle.set(slot(), writer);
  }

  private static int slot() {
    return (int) (Thread.currentThread().getId() % SLOTS);
  }
}
