package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
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
  private volatile @Nullable CheckRun running;
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

  /**
   * Starts a run that is due, or gives up on one that is late. Called by one thread; throws
   * nothing.
   */
  void tick() {
    CheckRun due = nextRun(time.nanoTime());
    if (due != null) {
      try {
        executor.execute(due);
      } catch (Throwable noThread) {
        // Every thread is just ending its last run, the engine is closing, or the system gives no
        // thread (an OutOfMemoryError): try at the next tick. What is known grows stale meanwhile.
        running = null;
      }
    }
  }

  private @Nullable CheckRun nextRun(long now) {
    synchronized (lock) {
      CheckRun current = running;
      if (current == null) {
        if (now - nextNanos < 0) {
          return null;
        }
        running = new CheckRun(spec, check, time, now, this::finish);
        return running;
      }
      if (current.timedOut()) {
        // That it still hangs is a fresh observation.
        known = new Known(known.result(), now, true);
      } else if (now - current.startNanos() >= spec.timeout().toNanos()) {
        known = new Known(current.giveUp(), now, true);
      }
      return null;
    }
  }

  private void finish(CheckRun run, HealthResult result) {
    Duration interval =
        result.status() == HealthStatus.UP ? spec.interval() : spec.intervalWhileDown();
    synchronized (lock) {
      // A late answer still tells how things are now: what hung has come back.
      long measuredNanos = run.timedOut() ? time.nanoTime() : run.startNanos();
      known = new Known(result, measuredNanos, true);
      nextNanos = measuredNanos + interval.toNanos();
      running = null;
    }
  }

  CheckReport report() {
    Known last = known;
    CheckRun current = running;
    String stuckAt = current == null ? null : current.stuckAt();
    if (!last.finished()) {
      return new CheckReport(spec.name(), last.result(), null, stuckAt);
    }
    Duration age = Duration.ofNanos(Math.max(0, time.nanoTime() - last.measuredNanos()));
    HealthResult result = last.result();
    if (age.compareTo(spec.maxAge()) > 0) {
      result =
          HealthResult.unknown(HealthCause.STALE, "the last result is older than " + spec.maxAge());
    }
    return new CheckReport(spec.name(), result, age, stuckAt);
  }
}
