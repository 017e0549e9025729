package dev.opskit.backup.postgres;

import dev.opskit.core.correlation.CorrelationContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Work that is done at the same time: all of it succeeds, or what fails first ends the rest. */
final class Together {
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  private Together() {}

  /**
   * Works on threads of its own, or on this one if there is nothing beside. However it leaves,
   * nothing runs any more.
   */
  static void run(List<Work> works) throws IOException, InterruptedException {
    if (works.size() == 1) {
      works.get(0).run();
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(works.size(), Together::thread);
    try {
      CompletionService<Boolean> ended =
          new ExecutorCompletionService<>(CorrelationContext.wrap((Executor) threads));
      works.forEach(
          work ->
              ended.submit(
                  () -> {
                    work.run();
                    return true;
                  }));
      // In the order in which they end, so that a failure is seen at once.
      for (int i = 0; i < works.size(); i++) {
        ended.take().get();
      }
    } catch (ExecutionException e) {
      throw known(e.getCause());
    } finally {
      threads.shutdownNow();
      awaitEnd(threads);
    }
  }

  private static void awaitEnd(ExecutorService threads) {
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        over = threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException known(Throwable failure)
      throws IOException, InterruptedException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof InterruptedException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "ops-backup-shard");
    thread.setDaemon(true);
    return thread;
  }
}
