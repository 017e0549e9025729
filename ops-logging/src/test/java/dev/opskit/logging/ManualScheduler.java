package dev.opskit.logging;

import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler that runs its tasks when a test lets time pass, on the test's thread. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {
  private record Scheduled(Runnable task, long dueNanos, ScheduledFuture<?> future) {}

  final ManualTimeSource time = new ManualTimeSource();
  private final List<Scheduled> scheduled = new ArrayList<>();
  boolean refuses;

  ManualScheduler() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    if (refuses) {
      throw new RejectedExecutionException("refused");
    }
    // Never run by the pool: the future is there to be cancelled.
    ScheduledFuture<?> future = super.schedule(task, 10_000, TimeUnit.DAYS);
    scheduled.add(new Scheduled(task, time.nanoTime() + unit.toNanos(delay), future));
    return future;
  }

  void advance(Duration by) {
    time.advance(by);
    runDue();
  }

  /** As an executor does whose clock is ahead. */
  void runAll() {
    for (Scheduled one : take(Long.MAX_VALUE)) {
      one.task.run();
    }
  }

  int waiting() {
    return (int) scheduled.stream().filter(one -> !one.future.isCancelled()).count();
  }

  private void runDue() {
    for (Scheduled one : take(time.nanoTime())) {
      one.task.run();
    }
  }

  private List<Scheduled> take(long now) {
    List<Scheduled> due =
        scheduled.stream().filter(one -> one.dueNanos <= now && !one.future.isCancelled()).toList();
    scheduled.removeAll(due);
    return due;
  }
}
