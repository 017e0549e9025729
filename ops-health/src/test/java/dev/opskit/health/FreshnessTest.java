package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** In virtual time: whatever becomes of the runs, no success is reported beyond its age. */
class FreshnessTest {
  private static final int SCHEDULES = 10_000;
  private static final int STEPS = 200;

  private final SplittableRandom random = new SplittableRandom(4711);

  @Test
  void tenThousandScheduledFaultsNeverYieldAnUpThatIsTooOld() {
    int ups = 0;
    for (int i = 0; i < SCHEDULES; i++) {
      ups += schedule();
    }
    assertTrue(ups > SCHEDULES, "the schedules must not be all gloom: " + ups);
  }

  private int schedule() {
    ManualTimeSource time = new ManualTimeSource();
    Deque<Runnable> waiting = new ArrayDeque<>();
    List<Runnable> hung = new ArrayList<>();
    long[] lastSuccess = {Long.MIN_VALUE};
    boolean[] works = {true};
    CheckOptions options =
        new CheckOptions("db", c -> HealthResult.up())
            .failureThreshold(1 + random.nextInt(4))
            .successThreshold(1 + random.nextInt(3));
    CheckSpec spec = options.build();
    CheckLoop loop =
        new CheckLoop(
            spec,
            context -> {
              if (works[0]) {
                lastSuccess[0] = time.nanoTime();
                return HealthResult.up();
              }
              return HealthResult.down(HealthCause.FAILED, "no");
            },
            time,
            waiting::add,
            random::nextDouble);
    int ups = 0;
    for (int step = 0; step < STEPS; step++) {
      time.advance(Duration.ofMillis(1 + random.nextInt(random.nextInt(20) == 0 ? 60_000 : 1_000)));
      if (random.nextInt(4) > 0) {
        loop.tick();
      }
      works[0] = random.nextInt(10) == 0 ? !works[0] : works[0];
      Runnable run = waiting.poll();
      if (run != null) {
        if (random.nextInt(8) == 0) {
          hung.add(run);
        } else {
          run.run();
        }
      }
      if (!hung.isEmpty() && random.nextInt(20) == 0) {
        hung.remove(random.nextInt(hung.size())).run();
      }
      HealthResult result = loop.resultAt(time.nanoTime());
      if (result.status() == HealthStatus.UP) {
        ups++;
        Duration age = Duration.ofNanos(time.nanoTime() - lastSuccess[0]);
        assertTrue(age.compareTo(spec.maxAge()) <= 0, () -> "UP, but " + age + " old");
      }
    }
    return ups;
  }

  @Test
  void anUpThatDampingKeepsStillGrowsOld() {
    ManualTimeSource time = new ManualTimeSource();
    Deque<Runnable> waiting = new ArrayDeque<>();
    boolean[] works = {true};
    CheckSpec spec = new CheckOptions("db", c -> HealthResult.up()).failureThreshold(5).build();
    CheckLoop loop =
        new CheckLoop(
            spec,
            c -> works[0] ? HealthResult.up() : HealthResult.down(HealthCause.FAILED, "no"),
            time,
            waiting::add,
            () -> 0);
    loop.tick();
    waiting.remove().run();
    works[0] = false;
    time.advance(spec.maxAge());
    loop.tick();
    waiting.remove().run();
    assertEquals(HealthStatus.UP, loop.resultAt(time.nanoTime()).status());
    time.advance(Duration.ofMillis(1));
    assertEquals(HealthCause.STALE, loop.resultAt(time.nanoTime()).cause());
  }
}
