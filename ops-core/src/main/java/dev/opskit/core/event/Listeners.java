package dev.opskit.core.event;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The listeners of one feature. A listener that throws, hangs or is slow never breaks or delays the
 * work that reports to it, nor the other listeners.
 *
 * <p>Each listener gets every event once, in order, on a daemon thread of its own that lives while
 * there is something to deliver. At most {@value GuardedListener#QUEUE} events wait for a listener;
 * the ones beyond that are dropped for this listener alone and counted. Thread-safe. The feature
 * that creates it closes it.
 *
 * @param <E> the feature's event type, usually a sealed interface
 */
public final class Listeners<E> implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final List<GuardedListener<E>> listeners = new CopyOnWriteArrayList<>();

  /**
   * An empty list.
   *
   * @param name names the threads and the log lines, for example {@code backup}
   */
  public Listeners(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /**
   * Adds a listener; it gets the events published from now on.
   *
   * @param listener called on a thread of this list, never concurrently with itself
   * @return closing it removes the listener; events that wait for it are not delivered any more
   */
  public Subscription add(Consumer<? super E> listener) {
    GuardedListener<E> guarded =
        new GuardedListener<>(name, Objects.requireNonNull(listener, "listener"));
    listeners.add(guarded);
    return () -> {
      listeners.remove(guarded);
      guarded.discard();
    };
  }

  /**
   * Hands an event to every listener and returns at once. Never throws.
   *
   * @param event what happened
   */
  public void publish(E event) {
    for (GuardedListener<E> listener : listeners) {
      listener.offer(event);
    }
  }

  /**
   * Events that a full queue kept from a listener, over all listeners that are there now.
   *
   * @return zero or more
   */
  public long dropped() {
    return listeners.stream().mapToLong(GuardedListener::dropped).sum();
  }

  /**
   * Delivers what waits, for at most two seconds in all, then interrupts and removes every listener
   * that has not come to its end.
   */
  @Override
  public void close() {
    long nanos = CLOSE_PATIENCE.toNanos();
    for (GuardedListener<E> listener : listeners) {
      listener.stop();
    }
    for (GuardedListener<E> listener : listeners) {
      nanos = listener.awaitEnd(nanos);
    }
    listeners.clear();
  }
}
