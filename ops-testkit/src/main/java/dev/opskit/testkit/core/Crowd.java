package dev.opskit.testkit.core;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several threads that do the same at the same time. */
final class Crowd {
  static final int THREADS = 8;
  private static final long PATIENCE_SECONDS = 30;

  private Crowd() {}

  /** What one of the threads does; it is told which one it is, from 0. */
  interface Member {
    void act(int number) throws Exception;
  }

  /** Fails with what the first of them threw, or if they do not come to an end. */
  static void act(Member member) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      tasks.add(
          () -> {
            start.await();
            member.act(number);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Void> result : threads.invokeAll(tasks, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        assertTrue(
            !result.isCancelled(),
            () -> THREADS + " threads were not done after " + PATIENCE_SECONDS + " s");
        result.get();
      }
    } catch (ExecutionException e) {
      fail(THREADS + " threads at the same time: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
