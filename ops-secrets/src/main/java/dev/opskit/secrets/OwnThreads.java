package dev.opskit.secrets;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Daemon threads that end when there is nothing to do. */
final class OwnThreads {
  private OwnThreads() {}

  /**
   * How many there are, {@link Loaders} bounds: here a bound would refuse what it has let through.
   */
  static ExecutorService asMayBeNeeded() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "ops-secrets-load");
          thread.setDaemon(true);
          return thread;
        });
  }
}
