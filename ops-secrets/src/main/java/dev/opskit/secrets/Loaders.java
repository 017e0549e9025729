package dev.opskit.secrets;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the provider on a few threads. A call that takes too long is interrupted and left behind,
 * and another one started in its place, until as many are left behind as may run at once: a
 * provider that hangs costs no more threads than that.
 *
 * <p>The lock is never held over anybody else's code.
 */
final class Loaders {
  private final Executor executor;
  private final int threads;
  private final Duration timeout;
  private final TimeSource time;
  private final Deque<ProviderCall> waiting = new ArrayDeque<>();
  private final Set<ProviderCall> running = new HashSet<>();
  private int leftBehind;
  private long lastStartNanos;

  Loaders(Executor executor, int threads, Duration timeout, TimeSource time) {
    this.executor = executor;
    this.threads = threads;
    this.timeout = timeout;
    this.time = time;
    this.lastStartNanos = time.nanoTime();
  }

  /** Runs the work as soon as a thread is free; gives it up after so many times the timeout. */
  void submit(Runnable work, Consumer<String> givenUp, int timeouts) {
    long limit = Schedule.nanos(timeout.multipliedBy(timeouts));
    ProviderCall call = new ProviderCall(work, givenUp, limit);
    synchronized (this) {
      call.sinceNanos = time.nanoTime();
      waiting.add(call);
    }
    startWaiting();
  }

  /** Gives up what takes too long, and what waits while no thread becomes free. */
  void giveUpLate() {
    long now = time.nanoTime();
    List<ProviderCall> late = new ArrayList<>();
    List<ProviderCall> stuck = new ArrayList<>();
    synchronized (this) {
      running.removeIf(call -> isLate(call, now) && late.add(call));
      late.forEach(this::leaveBehind);
      if (now - lastStartNanos >= Schedule.nanos(timeout)) {
        waiting.removeIf(call -> isLate(call, now) && stuck.add(call));
      }
      stuck.forEach(call -> call.state = ProviderCall.State.GIVEN_UP);
    }
    for (ProviderCall call : late) {
      // First, so that nobody takes what an interrupted call throws for the reason.
      call.givenUp.accept("no answer within " + Duration.ofNanos(call.limitNanos));
      interrupt(call);
    }
    stuck.forEach(call -> call.givenUp.accept("every thread for it hangs in the provider"));
    startWaiting();
  }

  /** After this nothing new is started. */
  synchronized void stop() {
    waiting.clear();
    for (ProviderCall call : running) {
      leaveBehind(call);
      interrupt(call);
    }
    running.clear();
    leftBehind = Integer.MAX_VALUE / 2;
  }

  private static boolean isLate(ProviderCall call, long now) {
    return now - call.sinceNanos >= call.limitNanos;
  }

  private void leaveBehind(ProviderCall call) {
    call.state = ProviderCall.State.GIVEN_UP;
    leftBehind++;
  }

  private synchronized void interrupt(ProviderCall call) {
    if (call.thread != null) {
      call.thread.interrupt();
    }
  }

  private void startWaiting() {
    for (ProviderCall call = next(); call != null; call = next()) {
      ProviderCall started = call;
      try {
        executor.execute(() -> run(started));
      } catch (RejectedExecutionException e) {
        over(started);
        started.givenUp.accept("the executor takes no more work");
      }
    }
  }

  private synchronized @Nullable ProviderCall next() {
    boolean free = running.size() < threads && running.size() + leftBehind < 2 * threads;
    ProviderCall call = free ? waiting.poll() : null;
    if (call != null) {
      call.state = ProviderCall.State.RUNNING;
      call.sinceNanos = time.nanoTime();
      lastStartNanos = call.sinceNanos;
      running.add(call);
    }
    return call;
  }

  private void run(ProviderCall call) {
    synchronized (this) {
      if (call.state != ProviderCall.State.RUNNING) {
        // Given up before the executor had a thread for it.
        leftBehind--;
        return;
      }
      call.thread = Thread.currentThread();
    }
    try {
      call.work.run();
    } finally {
      over(call);
      startWaiting();
    }
  }

  private synchronized void over(ProviderCall call) {
    call.thread = null;
    if (!running.remove(call)) {
      leftBehind--;
      // The interrupt was meant for the call, not for what the thread does next.
      Thread.interrupted();
    }
    call.state = ProviderCall.State.OVER;
  }
}
