package dev.opskit.secrets;

import java.util.concurrent.CompletableFuture;

/** One look at one secret, which all who want it join; it lands without a value. */
final class Flight {
  final CompletableFuture<Void> landed = new CompletableFuture<>();

  /** Whether it waits for its turn; guarded by its {@link Source}. */
  boolean waiting = true;
}
