package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One check: at most one run at a time, its timeout, and what is known of it. Moved only by {@link
 * #tick}, so that a test can move it without a clock.
 */
final class CheckLoop {
  private static final HealthResult NOT_YET_RUN =
      HealthResult.unknown(HealthCause.NOT_YET_RUN, "has not run yet");

  private final CheckSpec spec;
  private final HealthCheck check;
  private final TimeSource time;
  private final Executor executor;
  private final Object lock = new Object();
  private volatile Known known = new Known(NOT_YET_RUN, 0, false);
  private volatile @Nullable Run running;
  private long nextNanos;

  /** The last result, and when its run began: that is as old as it may be. */
  private record Known(HealthResult result, long measuredNanos, boolean finished) {}

  CheckLoop(CheckSpec spec, HealthCheck check, TimeSource time, Executor executor) {
    this.spec = spec;
    this.check = check;
    this.time = time;
    this.executor = executor;
    this.nextNanos = time.nanoTime();
  }

  CheckSpec spec() {
    return spec;
  }

  /** Starts a run that is due, or gives up on one that is late. Called by one thread. */
  void tick() {
    Run due = nextRun(time.nanoTime());
    if (due != null) {
      try {
        executor.execute(due);
      } catch (RejectedExecutionException noThread) {
        // Every thread is just ending its last run, or the engine is closing: try at the next tick.
        running = null;
      }
    }
  }

  private @Nullable Run nextRun(long now) {
    synchronized (lock) {
      Run current = running;
      if (current == null) {
        if (now - nextNanos < 0) {
          return null;
        }
        running = new Run(now);
        return running;
      }
      if (current.timedOut) {
        // That it still hangs is a fresh observation.
        known = new Known(known.result(), now, true);
      } else if (now - current.startNanos >= spec.timeout().toNanos()) {
        current.timedOut = true;
        known = new Known(timeout(), now, true);
      }
      return null;
    }
  }

  private HealthResult timeout() {
    return HealthResult.down(
        HealthCause.TIMEOUT, "no answer within " + spec.timeout().toMillis() + " ms");
  }

  private void finish(Run run, HealthResult result) {
    Duration interval =
        result.status() == HealthStatus.UP ? spec.interval() : spec.intervalWhileDown();
    synchronized (lock) {
      // A late answer still tells how things are now: what hung has come back.
      long measuredNanos = run.timedOut ? time.nanoTime() : run.startNanos;
      known = new Known(result, measuredNanos, true);
      nextNanos = measuredNanos + interval.toNanos();
      running = null;
    }
  }

  CheckReport report() {
    Known last = known;
    if (!last.finished()) {
      return new CheckReport(spec.name(), last.result(), null, stuckAt());
    }
    Duration age = Duration.ofNanos(Math.max(0, time.nanoTime() - last.measuredNanos()));
    HealthResult result = last.result();
    if (age.compareTo(spec.maxAge()) > 0) {
      result =
          HealthResult.unknown(HealthCause.STALE, "the last result is older than " + spec.maxAge());
    }
    return new CheckReport(spec.name(), result, age, stuckAt());
  }

  private @Nullable String stuckAt() {
    Run current = running;
    Thread thread = current == null || !current.timedOut ? null : current.thread;
    StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    return stack.length == 0 ? null : stack[0].toString();
  }

  private final class Run implements Runnable, CheckContext {
    private final long startNanos;
    private volatile boolean timedOut;
    private volatile @Nullable Thread thread;

    Run(long startNanos) {
      this.startNanos = startNanos;
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      HealthResult result;
      try {
        result = check.check(this);
        if (result == null) {
          result = HealthResult.down(HealthCause.FAILED, "the check returned null");
        }
      } catch (Throwable t) {
        result = HealthResult.down(HealthCause.FAILED, describe(t));
      }
      thread = null;
      finish(this, result);
    }

    @Override
    public Duration remaining() {
      long left = spec.timeout().toNanos() - (time.nanoTime() - startNanos);
      return Duration.ofNanos(Math.max(0, left));
    }

    private String describe(Throwable t) {
      String message = t.getMessage();
      String name = t.getClass().getSimpleName();
      return SensitiveValues.shared().mask(message == null ? name : name + ": " + message);
    }
  }
}
