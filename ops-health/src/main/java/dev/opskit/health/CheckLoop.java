package dev.opskit.health;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One check: when it runs, its timeout, and what is known of it. At most one run may still answer;
 * those that have timed out are left behind until they return, and up to two others take their
 * place, so that recovery is seen even if the first never returns. Moved by {@link #tick}, so that
 * a test can move it without a clock.
 */
final class CheckLoop {
  /** The threads that one check may hold: of a run and of two replacements. */
  static final int MAX_RUNS = 3;

  private static final HealthResult NOT_YET_RUN =
      HealthResult.unknown(HealthCause.NOT_YET_RUN, "has not run yet");
  private static final double MAX_JITTER = 0.1;

  private final CheckSpec spec;
  private final HealthCheck check;
  private final TimeSource time;
  private final Executor executor;
  private final DoubleSupplier random;
  private final Damping damping;
  private final Object lock = new Object();
  private final List<CheckRun> hung = new ArrayList<>(MAX_RUNS);
  private @Nullable CheckRun current;
  private long nextNanos;
  private volatile long observations;
  private volatile Known known = new Known(NOT_YET_RUN, 0, null);

  /** What is reported, since when it is true for sure, and how long the last run took. */
  private record Known(HealthResult result, long evidenceNanos, @Nullable Duration duration) {
    boolean isSuccess() {
      return CheckLoop.isSuccess(result);
    }
  }

  CheckLoop(
      CheckSpec spec,
      HealthCheck check,
      TimeSource time,
      Executor executor,
      DoubleSupplier random) {
    this.spec = spec;
    this.check = check;
    this.time = time;
    this.executor = executor;
    this.random = random;
    this.damping = new Damping(spec.failureThreshold(), spec.successThreshold());
    this.nextNanos = time.nanoTime();
  }

  CheckSpec spec() {
    return spec;
  }

  /** Gives up on a run that is late, and starts one that is due. Called by one thread. */
  void tick() {
    CheckRun due;
    synchronized (lock) {
      long now = time.nanoTime();
      giveUpOnLate(now);
      boolean isDue = current == null && now - nextNanos >= 0;
      due = isDue && !spec.onDemand() ? begin(now) : null;
    }
    start(due);
  }

  /** The run that a probe waits for; null if what is known is fresh, or no thread is left. */
  @Nullable CheckRun demand() {
    CheckRun due = null;
    CheckRun awaited;
    synchronized (lock) {
      long now = time.nanoTime();
      giveUpOnLate(now);
      if (current == null && now - nextNanos >= 0) {
        due = begin(now);
      }
      awaited = current;
    }
    start(due);
    return awaited;
  }

  private void giveUpOnLate(long now) {
    CheckRun run = current;
    if (run != null && now - run.startNanos() >= spec.timeout().toNanos()) {
      current = null;
      hung.add(run);
      observe(run.giveUp(), now, spec.timeout());
      run.release();
      nextNanos = now + (hung.size() == 1 ? spec.intervalWhileDown() : spec.interval()).toNanos();
    } else if (!hung.isEmpty() && run == null && !known.isSuccess()) {
      // That it still hangs is a fresh observation.
      known = new Known(known.result(), now, known.duration());
    }
  }

  private @Nullable CheckRun begin(long now) {
    if (hung.size() == MAX_RUNS) {
      nextNanos = now + spec.intervalWhileDown().toNanos();
      observe(hung.get(0).timeout(), now, spec.timeout());
      return null;
    }
    current = new CheckRun(spec, check, time, now, this::finish);
    return current;
  }

  private void start(@Nullable CheckRun due) {
    if (due == null) {
      return;
    }
    try {
      executor.execute(due);
    } catch (Throwable noThread) {
      // Every thread is just ending its last run, the engine is closing, or the system gives no
      // thread (an OutOfMemoryError): try at the next tick. What is known grows stale meanwhile.
      synchronized (lock) {
        current = null;
      }
      due.release();
    }
  }

  private void finish(CheckRun run, HealthResult result) {
    synchronized (lock) {
      long now = time.nanoTime();
      if (hung.remove(run)) {
        // Nobody knows how old its answer is: look again.
        nextNanos = current == null && nextNanos - now > 0 ? now : nextNanos;
        return;
      }
      current = null;
      observe(result, run.startNanos(), Duration.ofNanos(now - run.startNanos()));
      nextNanos =
          run.startNanos()
              + (isSuccess(result) ? spread(spec.interval()) : spec.intervalWhileDown().toNanos());
    }
  }

  private long spread(Duration interval) {
    return (long) (interval.toNanos() * (1 - MAX_JITTER * random.getAsDouble()));
  }

  private void observe(HealthResult result, long evidenceNanos, Duration duration) {
    observations = observations + 1;
    boolean success = isSuccess(result);
    if (damping.accepts(success)) {
      known = new Known(result, evidenceNanos, duration);
    } else {
      // A success that is kept stays as old as it is; a failure that is kept was just seen again.
      long evidence = success ? evidenceNanos : known.evidenceNanos();
      known = new Known(known.result(), evidence, duration);
    }
  }

  private static boolean isSuccess(HealthResult result) {
    return result.status() == HealthStatus.UP || result.status() == HealthStatus.DEGRADED;
  }

  /** What can be said of the check at a time, given what is known. */
  HealthResult resultAt(long now) {
    Known last = known;
    boolean isStale =
        last.duration() != null && now - last.evidenceNanos() > spec.maxAge().toNanos();
    return isStale
        ? HealthResult.unknown(HealthCause.STALE, "the last result is older than " + spec.maxAge())
        : last.result();
  }

  /**
   * What its status is in the background. Nobody renews an on-demand check there, so that its age
   * means nothing.
   */
  HealthResult announcedAt(long now) {
    return spec.onDemand() ? known.result() : resultAt(now);
  }

  /** Counts what was observed. */
  long observations() {
    return observations;
  }

  /** Until when {@link #resultAt} stays what it is if nothing is observed. */
  long validUntil(long otherwise) {
    Known last = known;
    return last.duration() == null ? otherwise : last.evidenceNanos() + spec.maxAge().toNanos();
  }

  @Nullable Duration ageAt(long now) {
    Known last = known;
    return last.duration() == null
        ? null
        : Duration.ofNanos(Math.max(0, now - last.evidenceNanos()));
  }

  @Nullable Duration lastDuration() {
    return known.duration();
  }

  /** Where the oldest run that timed out stands. */
  @Nullable String stuckAt() {
    synchronized (lock) {
      return hung.isEmpty() ? null : hung.get(0).stuckAt();
    }
  }
}
