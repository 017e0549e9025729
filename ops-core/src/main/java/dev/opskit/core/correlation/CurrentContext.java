package dev.opskit.core.correlation;

import org.jspecify.annotations.Nullable;

/** Which context each thread is in. */
final class CurrentContext {
  private static final ThreadLocal<@Nullable CorrelationContext> CURRENT = new ThreadLocal<>();

  private CurrentContext() {}

  static @Nullable CorrelationContext get() {
    return CURRENT.get();
  }

  /** Null is set and not removed: a pooled thread would need a new entry for each task. */
  static void set(@Nullable CorrelationContext context) {
    CURRENT.set(context);
  }
}
