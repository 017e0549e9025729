package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link TimeSource} keeps to. Implement it in a JUnit test class. */
@Timeout(60)
public interface TimeSourceContract {

  /**
   * The clock.
   *
   * @return it may stand still
   */
  TimeSource time();

  @Test
  default void thereIsAlwaysAWallClockTime() {
    assertNotNull(time().now(), "now()");
  }

  @Test
  default void monotonicTimeNeverGoesBack() {
    TimeSource time = time();
    long last = time.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      long now = time.nanoTime();
      assertNotBefore(last, now);
      last = now;
    }
  }

  @Test
  default void monotonicTimeIsTheSameForAllThreads() throws InterruptedException {
    TimeSource time = time();
    AtomicReference<Long> latest = new AtomicReference<>(time.nanoTime());
    Crowd.act(
        number -> {
          for (int i = 0; i < 2_000; i++) {
            long seen = latest.get();
            long now = time.nanoTime();
            assertNotBefore(seen, now);
            latest.accumulateAndGet(now, (a, b) -> b - a > 0 ? b : a);
            assertNotNull(time.now(), "now()");
          }
        });
  }

  @Test
  default void readingItIsFastEnoughForHotPaths() {
    TimeSource time = time();
    assertTimeoutPreemptively(
        Duration.ofSeconds(3),
        () -> {
          for (int i = 0; i < 1_000; i++) {
            time.now();
            time.nanoTime();
          }
        },
        "1,000 readings of both clocks");
  }

  private static void assertNotBefore(long earlier, long later) {
    // By the difference, as the origin is arbitrary and the number may overflow.
    assertTrue(
        later - earlier >= 0, () -> "went back by " + (earlier - later) + " ns, to " + later);
  }
}
