package dev.opskit.metrics;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much something allocates on the thread that does it. */
final class Garbage {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 10_000;

  private Garbage() {}

  /** The least of several rounds: the runtime itself allocates now and then, the code always. */
  static long bytesPerCall(Runnable call) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / CALLS;
  }
}
