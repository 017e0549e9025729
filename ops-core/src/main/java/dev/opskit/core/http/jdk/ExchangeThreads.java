package dev.opskit.core.http.jdk;

import com.sun.net.httpserver.HttpHandler;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a {@link JdkOpsServer}. The JDK reads a request's header on the thread that will
 * handle it, without any limit of time; interrupting that thread closes the connection, as its
 * channel is interruptible. So a watchdog interrupts what takes too long.
 */
final class ExchangeThreads implements Executor, AutoCloseable {
  private static final int MAX = 64;

  private final TimeSource time = TimeSource.system();
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final ThreadLocal<Running> current = new ThreadLocal<>();
  private final long timeoutNanos;
  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor watchdog;

  ExchangeThreads(Duration timeout) {
    this.timeoutNanos = timeout.toNanos();
    this.pool =
        new ThreadPoolExecutor(
            0, MAX, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
    this.watchdog = new ScheduledThreadPoolExecutor(1, this::newThread);
    long period = Math.min(timeout.toMillis() / 4, 1000);
    watchdog.scheduleWithFixedDelay(this::cutOffLate, period, period, TimeUnit.MILLISECONDS);
  }

  /** Marks the moment at which a request has been read and its handler begins. */
  HttpHandler entered(HttpHandler handler) {
    return exchange -> {
      current.get().entered = true;
      handler.handle(exchange);
    };
  }

  @Override
  public void execute(Runnable exchange) {
    try {
      pool.execute(() -> run(exchange));
    } catch (RejectedExecutionException full) {
      cutOffSlowestReader();
      // The server closes this connection; the client's next try finds the freed thread.
      throw full;
    }
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
    for (Running exchange : running) {
      if (now - exchange.startNanos > timeoutNanos) {
        exchange.cutOff();
      }
    }
  }

  private void cutOffSlowestReader() {
    running.stream()
        .filter(exchange -> !exchange.entered)
        .min(Comparator.comparingLong(exchange -> exchange.startNanos))
        .ifPresent(Running::cutOff);
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
    private volatile boolean entered;
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
