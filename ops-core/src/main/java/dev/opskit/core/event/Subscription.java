package dev.opskit.core.event;

/** What was added somewhere; closing it takes it out again. Idempotent and thread-safe. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
