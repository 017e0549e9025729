package dev.opskit.health;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.time.TimeSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that move the loops of all checks: one that ticks, and up to three for each check.
 */
final class CheckEngine implements AutoCloseable {
  static final long TICK_MILLIS = 50;

  /** No garbage collection and no busy machine holds the tick up for so long. */
  static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Logger logger = LoggerFactory.getLogger(CheckEngine.class);
  private static final long IDLE_SECONDS = 30;

  private final TimeSource time;
  private final Runnable afterTick;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private final SplittableRandom random = new SplittableRandom();
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor ticker;
  private volatile Set<Page> onDemand = EnumSet.noneOf(Page.class);
  private volatile long lastTickNanos;

  CheckEngine(TimeSource time, Runnable afterTick) {
    this.time = time;
    this.afterTick = afterTick;
    this.lastTickNanos = time.nanoTime();
    this.threads =
        new ThreadPoolExecutor(
            0,
            CheckLoop.MAX_RUNS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("ops-health-check-"));
    this.ticker = new ScheduledThreadPoolExecutor(1, daemons("ops-health-tick-"));
  }

  synchronized void add(CheckSpec spec, HealthCheck check) {
    if (watched.stream().anyMatch(w -> w.spec().name().equals(spec.name()))) {
      throw taken(spec.name());
    }
    threads.setMaximumPoolSize(CheckLoop.MAX_RUNS * (watched.size() + 1));
    CheckLoop loop = new CheckLoop(spec, check, time, threads, this::nextRandom);
    watched.add(new Watched(loop, time.now()));
    if (spec.onDemand()) {
      Set<Page> pages = EnumSet.copyOf(onDemand);
      Stream.of(Page.values()).filter(page -> page.shows(spec)).forEach(pages::add);
      onDemand = pages;
    }
  }

  static IllegalArgumentException taken(String name) {
    return new IllegalArgumentException(
        "check name '" + name + "' is taken; every check needs one of its own");
  }

  boolean hasOnDemand(Page page) {
    return onDemand.contains(page);
  }

  /** Runs what is due of the on-demand checks of a page, all in parallel, and waits for them. */
  void demand(Page page) {
    if (!hasOnDemand(page)) {
      return;
    }
    List<CheckRun> runs =
        watched.stream()
            .filter(w -> w.spec().onDemand() && page.shows(w.spec()))
            .map(w -> w.loop().demand())
            .filter(Objects::nonNull)
            .toList();
    try {
      for (CheckRun run : runs) {
        run.await();
      }
    } catch (InterruptedException e) {
      // What is known is the answer then.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized double nextRandom() {
    return random.nextDouble();
  }

  void start() {
    ticker.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Moves everything once; by the ticker, or by a test in its place. */
  void tick() {
    try {
      watched.forEach(w -> w.loop().tick());
      lastTickNanos = time.nanoTime();
      afterTick.run();
    } catch (Throwable t) {
      // Anything thrown from here would end the schedule for good.
      logger.error("the health engine failed at one tick and goes on", t);
    }
  }

  /** Whether the ticks stay away, so that nothing that is known can be believed. */
  boolean isStalled(long nowNanos) {
    return nowNanos - lastTickNanos > STALL_NANOS;
  }

  /** In the order of registration. */
  List<Watched> watched() {
    return watched;
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    threads.shutdown();
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
