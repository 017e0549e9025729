package dev.opskit.health;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that move the loops of all checks: one that ticks, and one for each running check.
 */
final class CheckEngine implements AutoCloseable {
  static final long TICK_MILLIS = 50;
  private static final long IDLE_SECONDS = 30;

  private final List<CheckLoop> loops;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor ticker;

  /** What was registered. */
  record Registered(CheckSpec spec, HealthCheck check) {}

  CheckEngine(List<Registered> registered, TimeSource time) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            Math.max(1, registered.size()),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("ops-health-check-"));
    this.ticker = new ScheduledThreadPoolExecutor(1, daemons("ops-health-tick-"));
    this.loops =
        registered.stream().map(r -> new CheckLoop(r.spec(), r.check(), time, threads)).toList();
  }

  void start() {
    ticker.scheduleAtFixedRate(
        () -> loops.forEach(CheckLoop::tick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** In the order of registration. */
  List<CheckLoop> loops() {
    return loops;
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    threads.shutdown();
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
