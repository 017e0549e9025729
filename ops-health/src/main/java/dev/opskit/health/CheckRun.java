package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a check, on a thread of its own. Whatever the check does, the run ends in a result.
 */
final class CheckRun implements Runnable, CheckContext {
  /** For the tick that gives up on a late run. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final CheckSpec spec;
  private final HealthCheck check;
  private final TimeSource time;
  private final BiConsumer<CheckRun, HealthResult> finish;
  private final long startNanos;
  private volatile boolean timedOut;
  private boolean interrupted;
  private volatile @Nullable Thread thread;
  private final CountDownLatch answered = new CountDownLatch(1);

  CheckRun(
      CheckSpec spec,
      HealthCheck check,
      TimeSource time,
      long startNanos,
      BiConsumer<CheckRun, HealthResult> finish) {
    this.spec = spec;
    this.check = check;
    this.time = time;
    this.startNanos = startNanos;
    this.finish = finish;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    HealthResult result;
    try {
      HealthResult answer = check.check(this);
      result =
          answer == null
              ? HealthResult.down(HealthCause.FAILED, "the check returned null")
              : Shown.of(answer);
    } catch (Throwable t) {
      result = wasInterrupted() ? timeout() : Shown.of(t);
    }
    leaveThread();
    finish.accept(this, result);
    answered.countDown();
  }

  @Override
  public Duration remaining() {
    long left = spec.timeout().toNanos() - (time.nanoTime() - startNanos);
    return Duration.ofNanos(Math.max(0, left));
  }

  long startNanos() {
    return startNanos;
  }

  boolean timedOut() {
    return timedOut;
  }

  /** What is reported of this run from now on, until it returns. */
  HealthResult giveUp() {
    timedOut = true;
    if (spec.interruptible()) {
      interrupt();
    }
    return timeout();
  }

  /** Nobody waits for it any more. */
  void release() {
    answered.countDown();
  }

  /** Waits until there is an answer or nobody waits for it any more, at most for the timeout. */
  void await() throws InterruptedException {
    answered.await(spec.timeout().toNanos() + GRACE_NANOS, TimeUnit.NANOSECONDS);
  }

  @Nullable String stuckAt() {
    Thread current = timedOut ? thread : null;
    StackTraceElement[] stack =
        current == null ? new StackTraceElement[0] : current.getStackTrace();
    return stack.length == 0 ? null : stack[0].toString();
  }

  HealthResult timeout() {
    return HealthResult.down(
        HealthCause.TIMEOUT, "no answer within " + spec.timeout().toMillis() + " ms");
  }

  private synchronized void interrupt() {
    Thread current = thread;
    if (current != null) {
      interrupted = true;
      current.interrupt();
    }
  }

  private synchronized boolean wasInterrupted() {
    return interrupted;
  }

  /** From here on the thread may be running another check, which nobody may interrupt. */
  private synchronized void leaveThread() {
    thread = null;
    Thread.interrupted();
  }
}
