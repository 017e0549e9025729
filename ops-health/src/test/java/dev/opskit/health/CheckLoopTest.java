package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.masking.SensitiveValues;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CheckLoopTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final Queue<Runnable> started = new ArrayDeque<>();
  private HealthCheck check = context -> HealthResult.up();
  private int runs;

  private final CheckLoop loop =
      new CheckLoop(
          new CheckOptions("db", check).build(),
          context -> {
            runs++;
            return check.check(context);
          },
          time,
          started::add,
          () -> 0);

  private void tickAfter(Duration pause) {
    time.advance(pause);
    loop.tick();
  }

  private HealthResult runOnce() {
    loop.tick();
    started.remove().run();
    return loop.resultAt(time.nanoTime());
  }

  @Test
  void isUnknownUntilItHasRun() {
    assertEquals(HealthStatus.UNKNOWN, loop.resultAt(time.nanoTime()).status());
    assertEquals(HealthCause.NOT_YET_RUN, loop.resultAt(time.nanoTime()).cause());
    assertNull(loop.ageAt(time.nanoTime()));
    assertEquals(HealthStatus.UP, runOnce().status());
  }

  @Test
  void runsAtItsIntervalAndFasterWhileDown() {
    runOnce();
    tickAfter(Duration.ofMillis(9_999));
    assertTrue(started.isEmpty());
    check = context -> HealthResult.down(HealthCause.REFUSED, "no");
    tickAfter(Duration.ofMillis(1));
    started.remove().run();
    tickAfter(Duration.ofSeconds(1));
    started.remove().run();
    assertEquals(3, runs);
  }

  @Test
  void neverRunsTwiceAtTheSameTime() {
    loop.tick();
    for (int i = 0; i < 100; i++) {
      tickAfter(Duration.ofMillis(19));
    }
    assertEquals(1, started.size());
  }

  @Test
  void aHungRunIsATimeoutForAsLongAsItHangs() {
    runOnce();
    tickAfter(Duration.ofSeconds(10));
    tickAfter(Duration.ofMillis(1_999));
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
    tickAfter(Duration.ofMillis(1));
    assertEquals(HealthCause.TIMEOUT, loop.resultAt(time.nanoTime()).cause());
    for (int i = 0; i < 1_000; i++) {
      tickAfter(Duration.ofMinutes(1));
      assertEquals(HealthCause.TIMEOUT, loop.resultAt(time.nanoTime()).cause());
      assertEquals(Duration.ZERO, loop.ageAt(time.nanoTime()));
    }
  }

  @Test
  void aHangIsKnownAfterAnIntervalATimeoutAndTwoTicks() {
    Duration interval = Duration.ofMillis(10_001);
    Duration timeout = Duration.ofMillis(2_001);
    HealthCheck works = context -> HealthResult.up();
    CheckLoop late =
        new CheckLoop(
            new CheckOptions("db", works).interval(interval).timeout(timeout).build(),
            works,
            time,
            started::add,
            () -> 0);
    late.tick();
    started.remove().run();
    Duration sinceItBroke = Duration.ZERO;
    Duration tick = Duration.ofMillis(CheckEngine.TICK_MILLIS);
    while (late.resultAt(time.nanoTime()).status() == HealthStatus.UP) {
      sinceItBroke = sinceItBroke.plus(tick);
      time.advance(tick);
      late.tick();
    }
    Duration bound = interval.plus(timeout).plus(tick.multipliedBy(2));
    assertTrue(sinceItBroke.compareTo(bound) <= 0, sinceItBroke + " is more than " + bound);
  }

  @Test
  void twoRunsTakeThePlaceOfOneThatHangsAndNoMore() {
    for (int i = 0; i < 10_000; i++) {
      tickAfter(Duration.ofMillis(50));
    }
    assertEquals(3, started.size());
  }

  @Test
  void recoveryIsSeenEvenIfTheRunThatHungNeverReturns() {
    loop.tick();
    started.remove();
    tickAfter(Duration.ofSeconds(2));
    assertEquals(HealthCause.TIMEOUT, loop.resultAt(time.nanoTime()).cause());
    tickAfter(Duration.ofSeconds(1));
    started.remove().run();
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
    tickAfter(Duration.ofSeconds(10));
    started.remove().run();
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
  }

  @Test
  void aRunThatReturnsLateIsNotBelievedAndAnotherIsStartedAtOnce() {
    loop.tick();
    Runnable hung = started.remove();
    tickAfter(Duration.ofSeconds(2));
    hung.run();
    assertEquals(HealthCause.TIMEOUT, loop.resultAt(time.nanoTime()).cause());
    loop.tick();
    started.remove().run();
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
  }

  @Test
  void intervalsSpreadByUpToATenth() {
    CheckLoop early =
        new CheckLoop(new CheckOptions("db", check).build(), check, time, started::add, () -> 1);
    early.tick();
    started.remove().run();
    time.advance(Duration.ofMillis(8_999));
    early.tick();
    assertTrue(started.isEmpty());
    time.advance(Duration.ofMillis(1));
    early.tick();
    assertEquals(1, started.size());
  }

  @Test
  void aResultThatNobodyRenewsIsNotBelieved() {
    runOnce();
    time.advance(Duration.ofSeconds(30));
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
    time.advance(Duration.ofMillis(1));
    assertEquals(HealthCause.STALE, loop.resultAt(time.nanoTime()).cause());
    assertEquals(HealthStatus.UNKNOWN, loop.resultAt(time.nanoTime()).status());
  }

  @Test
  void theWallClockDoesNotMatter() {
    runOnce();
    time.jumpTo(time.now().plus(Duration.ofDays(1)));
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
  }

  @Test
  void whateverACheckThrowsIsDown() {
    check =
        context -> {
          throw new StackOverflowError();
        };
    assertEquals(HealthCause.FAILED, runOnce().cause());
    assertEquals(HealthStatus.DOWN, loop.resultAt(time.nanoTime()).status());
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsDown() {
    check = context -> null;
    assertEquals(HealthStatus.DOWN, runOnce().status());
  }

  @Test
  void aSecretInAnExceptionIsMasked() {
    byte[] secret = "correct-horse-battery".getBytes(StandardCharsets.UTF_8);
    try (var registration = SensitiveValues.shared().register(secret)) {
      check =
          context -> {
            throw new IllegalStateException("login with correct-horse-battery failed");
          };
      assertEquals("IllegalStateException: login with *** failed", runOnce().message());
    }
  }

  @Test
  void theRestOfTheTimeoutIsKnownToTheCheck() {
    Duration[] remaining = new Duration[1];
    check =
        context -> {
          time.advance(Duration.ofMillis(1_500));
          remaining[0] = context.remaining();
          return HealthResult.up();
        };
    runOnce();
    assertEquals(Duration.ofMillis(500), remaining[0]);
  }

  @Test
  void withoutAThreadItTriesAgainInsteadOfWaitingForARunThatNeverBegan() {
    AtomicReference<Throwable> refusal =
        new AtomicReference<>(new OutOfMemoryError("unable to create native thread"));
    CheckLoop starved =
        new CheckLoop(
            new CheckOptions("db", check).build(),
            check,
            time,
            task -> {
              if (refusal.get() instanceof Error error) {
                throw error;
              }
              task.run();
            },
            () -> 0);
    starved.tick();
    assertEquals(HealthCause.NOT_YET_RUN, starved.resultAt(time.nanoTime()).cause());
    refusal.set(null);
    starved.tick();
    assertEquals(HealthStatus.UP, starved.resultAt(time.nanoTime()).status());
  }

  @Test
  void anExceptionThatCannotBeReadEndsTheRunAllTheSame() {
    check =
        context -> {
          throw new IllegalStateException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
              throw new UnsupportedOperationException();
            }
          };
        };
    assertEquals(HealthCause.FAILED, runOnce().cause());
    check = context -> HealthResult.up();
    tickAfter(Duration.ofSeconds(1));
    started.remove().run();
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
  }

  @Test
  void aHungRunIsInterruptedOnceIfItsCheckAllowsIt() throws Exception {
    AtomicInteger interrupts = new AtomicInteger();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CheckLoop hanging =
        loop(
            true,
            context -> {
              while (true) {
                try {
                  entered.countDown();
                  release.await();
                  throw new IllegalStateException("cut off");
                } catch (InterruptedException e) {
                  interrupts.incrementAndGet();
                }
              }
            });
    hanging.tick();
    Thread run = new Thread(started.remove());
    run.start();
    entered.await();
    for (int i = 0; i < 3; i++) {
      time.advance(Duration.ofSeconds(2));
      hanging.tick();
    }
    release.countDown();
    run.join();
    assertEquals(1, interrupts.get());
    // How the check takes the interrupt is no news: it did not answer in time.
    assertEquals(HealthCause.TIMEOUT, hanging.resultAt(time.nanoTime()).cause());
  }

  @Test
  void aHungRunIsLeftAloneIfItsCheckDoesNotAllowAnInterrupt() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CheckLoop hanging =
        loop(
            false,
            context -> {
              entered.countDown();
              release.await();
              return HealthResult.up();
            });
    hanging.tick();
    Thread run = new Thread(started.remove());
    run.start();
    entered.await();
    time.advance(Duration.ofSeconds(2));
    hanging.tick();
    release.countDown();
    run.join();
    hanging.tick();
    assertEquals(1, started.size(), "it looks again once the late run has returned");
  }

  private CheckLoop loop(boolean interruptible, HealthCheck hangs) {
    HealthCheck interrupted =
        new HealthCheck() {
          @Override
          public HealthResult check(CheckContext context) throws Exception {
            return hangs.check(context);
          }

          @Override
          public boolean interruptible() {
            return interruptible;
          }
        };
    return new CheckLoop(
        new CheckOptions("db", interrupted).build(), interrupted, time, started::add, () -> 0);
  }
}
