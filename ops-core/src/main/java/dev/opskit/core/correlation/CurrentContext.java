package dev.opskit.core.correlation;

import org.jspecify.annotations.Nullable;

/** Which context each thread is in. */
final class CurrentContext {
  private static final ThreadLocal<@Nullable CorrelationContext> CURRENT = new ThreadLocal<>();

  private CurrentContext() {}

  static @Nullable CorrelationContext get() {
    return CURRENT.get();
  }

  static void set(@Nullable CorrelationContext context) {
    if (context == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(context);
    }
  }
}
