package dev.opskit.core.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the current thread allocates. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 5_000;

  private Allocations() {}

  /** What something allocates that cannot be done again. */
  public static long ofOneRun(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** The fewest bytes of several measurements, as the machine may allocate on this thread too. */
  public static long ofManyRuns(Runnable work) {
    long least = Long.MAX_VALUE;
    for (int measurement = 0; measurement < 5; measurement++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        work.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
