package dev.opskit.testkit.backup;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Which operation fails, and how. */
final class FaultPlan {
  private final long operation;
  private final FaultyStore.Fault fault;
  private final boolean forGood;
  private final AtomicLong begun = new AtomicLong();

  FaultPlan(long operation, FaultyStore.Fault fault, boolean forGood) {
    if (operation < 1) {
      throw new IllegalArgumentException("operation is " + operation + ", must be 1 or more");
    }
    this.operation = operation;
    this.fault = Objects.requireNonNull(fault, "fault");
    this.forGood = forGood;
  }

  /** Counts one operation and tells what is to become of it. */
  Optional<FaultyStore.Fault> next() {
    long number = begun.incrementAndGet();
    if (number == operation) {
      return Optional.of(fault);
    }
    return number > operation && forGood ? Optional.of(FaultyStore.Fault.BEFORE) : Optional.empty();
  }

  long operations() {
    return begun.get();
  }
}
