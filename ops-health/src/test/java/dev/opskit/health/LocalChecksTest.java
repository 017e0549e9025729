package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LocalChecksTest {
  @TempDir private Path folder;

  @Test
  void aDiskWithRoomIsUpAndLeavesNothingBehind() throws Exception {
    HealthResult result = Checks.disk(folder, 1).check(Limit.ample());
    assertEquals(HealthStatus.UP, result.status());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aDiskWithoutEnoughRoomIsExhausted() throws Exception {
    HealthResult result = Checks.disk(folder, Long.MAX_VALUE).check(Limit.ample());
    assertEquals(HealthCause.EXHAUSTED, result.cause());
  }

  @Test
  void aFolderThatTakesNoFileIsReadOnly() throws Exception {
    // Not by permissions, which do not bind root.
    Path file = Files.createFile(folder.resolve("a-file"));
    assertEquals(HealthCause.READ_ONLY, Checks.disk(file, 1).check(Limit.ample()).cause());
  }

  @Test
  void aFolderThatIsGoneFails() throws IOException {
    Path gone = folder.resolve("gone");
    assertThrows(IOException.class, () -> Checks.disk(gone, 1).check(Limit.ample()));
  }

  @Test
  void theHeapIsJudgedByWhatACollectionLeft() {
    assertEquals(HealthStatus.UP, heap(new MemoryUsage(0, 89, 100, 100)).status());
    HealthResult full = heap(new MemoryUsage(0, 91, 100, 100));
    assertEquals(HealthStatus.DEGRADED, full.status());
    assertEquals(91L, full.details().get("usedBytes"));
    assertEquals(HealthStatus.UP, heap().status());
  }

  private static HealthResult heap(MemoryUsage... pools) {
    return new HeapCheck(0.9, () -> List.of(pools)).check(Limit.ample());
  }

  @Test
  void thisProcessHasALimitToJudgeBy() throws Exception {
    System.gc();
    HealthResult result = Checks.heap(1).check(Limit.ample());
    assertTrue((long) result.details().get("maxBytes") > 0, result.toString());
  }

  @Test
  void threadsThatWaitForEachOtherAreNamed() throws Exception {
    assertEquals(HealthStatus.UP, Checks.deadlock().check(Limit.ample()).status());
    ReentrantLock left = new ReentrantLock();
    ReentrantLock right = new ReentrantLock();
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    Thread first = crossing("crossing-first", left, right, bothHoldOne);
    Thread second = crossing("crossing-second", right, left, bothHoldOne);
    try {
      HealthResult result = Checks.deadlock().check(Limit.ample());
      while (result.status() == HealthStatus.UP) {
        result = Checks.deadlock().check(Limit.ample());
      }
      String threads = String.valueOf(result.details().get("threads"));
      assertTrue(threads.contains("crossing-first"), threads);
      assertTrue(threads.contains("crossing-second"), threads);
    } finally {
      first.interrupt();
      second.interrupt();
      first.join();
      second.join();
    }
  }

  private static Thread crossing(
      String name, ReentrantLock mine, ReentrantLock theirs, CyclicBarrier bothHoldOne) {
    Thread thread =
        new Thread(
            () -> {
              mine.lock();
              try {
                bothHoldOne.await();
                theirs.lockInterruptibly();
              } catch (Exception interrupted) {
                // The test is over.
              } finally {
                mine.unlock();
              }
            },
            name);
    thread.start();
    return thread;
  }

  @Test
  void anExecutorIsSaturatedWhenAllAreBusyAndTooManyWait() throws Exception {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    executor.execute(
        () -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
        });
    begun.await();
    executor.execute(() -> {});
    assertEquals(HealthStatus.UP, Checks.executor(executor, 1).check(Limit.ample()).status());
    HealthResult saturated = Checks.executor(executor, 0).check(Limit.ample());
    assertEquals(HealthCause.EXHAUSTED, saturated.cause());
    assertEquals(1, saturated.details().get("waiting"));
    end.countDown();
    executor.shutdown();
    assertEquals(HealthStatus.DOWN, Checks.executor(executor, 0).check(Limit.ample()).status());
  }

  @Test
  void argumentsOutOfRangeAreNamed() {
    Stream.<Runnable>of(
            () -> Checks.disk(folder, 0),
            () -> Checks.heap(0),
            () -> Checks.heap(Double.NaN),
            () -> Checks.tcp("host", 65_536),
            () -> Checks.executor(null, -1))
        .forEach(bad -> assertThrows(IllegalArgumentException.class, bad::run));
  }
}
