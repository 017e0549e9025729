package dev.opskit.testkit.core;

import static dev.opskit.testkit.ContractRun.failures;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class TimeSourceContractTest {

  /** Correct as it stands, also where the number overflows; each broken one changes one thing. */
  static class Good implements TimeSourceContract, TimeSource {
    final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000);

    @Override
    public TimeSource time() {
      return this;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return nanos.getAndIncrement();
    }
  }

  static final class HasNoWallClock extends Good {
    @Override
    @SuppressWarnings("NullAway")
    public Instant now() {
      return null;
    }
  }

  static final class IsCorrectedLikeAWallClock extends Good {
    @Override
    public long nanoTime() {
      long next = super.nanoTime();
      return next % 1_000 == 0 ? next - 10 : next;
    }
  }

  static final class CountsInEachThread extends Good {
    private final ThreadLocal<long[]> mine = ThreadLocal.withInitial(() -> new long[1]);

    @Override
    public long nanoTime() {
      return mine.get()[0]++;
    }
  }

  static final class AsksANetworkForTheTime extends Good {
    @Override
    public Instant now() {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4));
      return super.now();
    }
  }

  @Test
  void aGoodOneIsAccepted() {
    assertEquals(List.of(), failures(Good.class));
  }

  @Test
  void oneWithoutAWallClockIsRejected() {
    assertEquals(
        List.of("monotonicTimeIsTheSameForAllThreads", "thereIsAlwaysAWallClockTime"),
        failures(HasNoWallClock.class));
  }

  @Test
  void oneThatGoesBackIsRejected() {
    assertEquals(
        List.of("monotonicTimeIsTheSameForAllThreads", "monotonicTimeNeverGoesBack"),
        failures(IsCorrectedLikeAWallClock.class));
    assertEquals(
        List.of("monotonicTimeIsTheSameForAllThreads"), failures(CountsInEachThread.class));
  }

  @Test
  void oneThatIsSlowIsRejected() {
    assertEquals(
        List.of("readingItIsFastEnoughForHotPaths"), failures(AsksANetworkForTheTime.class));
  }
}
