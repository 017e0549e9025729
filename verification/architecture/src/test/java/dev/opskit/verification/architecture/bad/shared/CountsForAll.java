package dev.opskit.verification.architecture.bad.shared;

import java.util.concurrent.atomic.AtomicLong;

final class CountsForAll {
  private static final AtomicLong COUNT = new AtomicLong();

  long next() {
    return COUNT.incrementAndGet();
  }
}
