package dev.opskit.testkit.core;

import java.util.ConcurrentModificationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Something that is not thread-safe, and shows it each time instead of once in a blue moon. */
final class OneAtATime {
  private final AtomicBoolean busy = new AtomicBoolean();

  void use() {
    if (!busy.compareAndSet(false, true)) {
      throw new ConcurrentModificationException("used by two threads");
    }
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
    busy.set(false);
  }
}
