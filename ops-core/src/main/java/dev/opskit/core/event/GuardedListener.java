package dev.opskit.core.event;

import dev.opskit.core.time.TimeSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class GuardedListener<E> {
  static final int QUEUE = 1024;
  private static final Logger logger = LoggerFactory.getLogger(GuardedListener.class);

  private final String name;
  private final Consumer<? super E> listener;
  private final LongAdder dropped = new LongAdder();
  private final AtomicBoolean throwing = new AtomicBoolean();
  private final AtomicBoolean full = new AtomicBoolean();
  private final ThreadPoolExecutor thread;

  GuardedListener(String name, Consumer<? super E> listener) {
    this.name = name;
    this.listener = listener;
    this.thread =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), this::newThread);
    thread.allowCoreThreadTimeOut(true);
  }

  void offer(E event) {
    try {
      thread.execute(() -> deliver(event));
    } catch (RejectedExecutionException e) {
      if (!thread.isShutdown()) {
        dropped.increment();
        warnOnce(full, "is too slow, events are dropped", null);
      }
    }
  }

  private void deliver(E event) {
    try {
      listener.accept(event);
      throwing.set(false);
    } catch (Throwable t) {
      warnOnce(throwing, "threw", t);
    }
    if (thread.getQueue().isEmpty()) {
      full.set(false);
    }
  }

  private void warnOnce(AtomicBoolean state, String what, @Nullable Throwable t) {
    if (state.compareAndSet(false, true)) {
      logger.warn("a listener of {} ({}) {}", name, listener.getClass().getName(), what, t);
    }
  }

  long dropped() {
    return dropped.sum();
  }

  void stop() {
    thread.shutdown();
  }

  void discard() {
    stop();
    thread.getQueue().clear();
  }

  /** What is left of the time. */
  long awaitEnd(long nanos) {
    long start = TimeSource.system().nanoTime();
    try {
      thread.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      thread.shutdownNow();
    }
    return nanos - (TimeSource.system().nanoTime() - start);
  }

  private Thread newThread(Runnable task) {
    Thread t = new Thread(task, "ops-listener-" + name);
    t.setDaemon(true);
    return t;
  }
}
