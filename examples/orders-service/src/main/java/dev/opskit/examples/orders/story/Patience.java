package dev.opskit.examples.orders.story;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something that comes by itself, within a bound. */
final class Patience {
  private static final Duration BOUND = Duration.ofSeconds(5);

  private Patience() {}

  static boolean until(BooleanSupplier condition) {
    return until(BOUND, condition);
  }

  static boolean until(Duration bound, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > bound.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the story was interrupted", e);
      }
    }
    return true;
  }
}
