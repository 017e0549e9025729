package dev.opskit.core.http.jdk;

import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a {@link JdkOpsServer}. The JDK reads a request's header on the thread that will
 * handle it, without any limit of time; interrupting that thread closes the connection, as its
 * channel is interruptible. So a watchdog interrupts what takes too long, and sooner what waits for
 * its client while others wait for a thread.
 */
final class ExchangeThreads implements Executor, AutoCloseable {
  /** An exchange that waits costs its connection and no thread. */
  static final int MAX_WAITING = 1024;

  private static final int MAX = 64;

  private final TimeSource time = TimeSource.system();
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Running> current = new ThreadLocal<>();
  private final long timeoutNanos;
  private final long periodNanos;
  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor watchdog;

  ExchangeThreads(Duration timeout) {
    this.timeoutNanos = timeout.toNanos();
    this.periodNanos = Math.min(timeoutNanos / 4, TimeUnit.SECONDS.toNanos(1));
    this.pool =
        new ThreadPoolExecutor(
            MAX, MAX, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), this::newThread);
    pool.allowCoreThreadTimeOut(true);
    this.watchdog = new ScheduledThreadPoolExecutor(1, this::newThread);
    watchdog.scheduleWithFixedDelay(
        this::cutOffLate, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
  }

  /** The same routes, marked as the time in which an exchange does not wait for its client. */
  OpsRoutes marked(OpsRoutes routes) {
    return OpsRoutes.of(
        "/*",
        request -> {
          Running mine = current.get();
          mine.waitsForClient = false;
          try {
            return routes.handle(request);
          } finally {
            mine.waitsForClient = true;
          }
        });
  }

  /** Rejects what finds the queue full; the server then closes its connection. */
  @Override
  public void execute(Runnable exchange) {
    pool.execute(() -> run(exchange));
  }

  private void run(Runnable exchange) {
    Running mine = new Running(Thread.currentThread(), time.nanoTime());
    running.add(mine);
    current.set(mine);
    try {
      exchange.run();
    } finally {
      current.remove();
      mine.finish();
      running.remove(mine);
    }
  }

  private void cutOffLate() {
    long now = time.nanoTime();
    running.stream()
        .filter(exchange -> now - exchange.startNanos > timeoutNanos)
        .forEach(Running::cutOff);
    running.stream()
        .filter(exchange -> exchange.waitsForClient && now - exchange.startNanos > periodNanos)
        .sorted(Comparator.comparingLong(exchange -> exchange.startNanos))
        .limit(pool.getQueue().size())
        .forEach(Running::cutOff);
  }

  private Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "ops-http-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
    pool.shutdownNow();
  }

  private static final class Running {
    private final Thread thread;
    private final long startNanos;
    private volatile boolean waitsForClient = true;
    private boolean finished;

    Running(Thread thread, long startNanos) {
      this.thread = thread;
      this.startNanos = startNanos;
    }

    /** Never after {@link #finish}, when the thread may be serving somebody else. */
    synchronized void cutOff() {
      if (!finished) {
        thread.interrupt();
      }
    }

    synchronized void finish() {
      finished = true;
      Thread.interrupted();
    }
  }
}
