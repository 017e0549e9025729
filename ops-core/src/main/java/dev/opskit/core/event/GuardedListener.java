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
  private final AtomicBoolean failing = new AtomicBoolean();
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
    } catch (RejectedExecutionException full) {
      dropped.increment();
      warnOnce("is too slow, events are dropped", null);
    }
  }

  private void deliver(E event) {
    try {
      listener.accept(event);
      failing.set(false);
    } catch (Throwable t) {
      warnOnce("threw", t);
    }
  }

  private void warnOnce(String what, @Nullable Throwable t) {
    if (failing.compareAndSet(false, true)) {
      logger.warn("a listener of {} ({}) {}", name, listener.getClass().getName(), what, t);
    }
  }

  long dropped() {
    return dropped.sum();
  }

  void stop() {
    thread.shutdown();
  }

  long awaitEnd(long nanos) {
    long start = TimeSource.system().nanoTime();
    try {
      thread.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
    return nanos - (TimeSource.system().nanoTime() - start);
  }

  private Thread newThread(Runnable task) {
    Thread t = new Thread(task, "ops-listener-" + name);
    t.setDaemon(true);
    return t;
  }
}
