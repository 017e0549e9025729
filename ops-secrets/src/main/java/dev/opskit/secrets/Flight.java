package dev.opskit.secrets;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** One look at one secret, which all who want it join; it lands without a value. */
final class Flight {
  final CompletableFuture<Void> landed = new CompletableFuture<>();
  private final AtomicBoolean off = new AtomicBoolean();

  /** True for the one who is to submit it. */
  boolean takesOff() {
    return off.compareAndSet(false, true);
  }

  /** Until the token bucket lets it go. */
  boolean isWaiting() {
    return !off.get();
  }
}
