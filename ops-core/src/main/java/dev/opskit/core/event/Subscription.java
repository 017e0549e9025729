package dev.opskit.core.event;

/** A listener's place in a list; closing it ends the delivery. Idempotent and thread-safe. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
