package dev.opskit.health;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Runs the checks of a service in parallel in the background and knows what they found.
 * Thread-safe; whoever starts it closes it.
 *
 * <p>No check runs because somebody asks: {@link #report} reads what is known and never waits. A
 * failure is known at the latest one interval, one timeout and {@value #TICK_MILLIS} ms after it
 * happened; a check that hangs is reported as timed out, with the frame in which it stands, and is
 * not started again until that run has returned. At most one thread per check is used, and one
 * more.
 *
 * <p>There are no thresholds, no drain and no maintenance mode yet: one result decides.
 */
public final class Health implements AutoCloseable {
  static final long TICK_MILLIS = 50;

  private final List<CheckLoop> loops;
  private final String version;
  private final TimeSource time;
  private final long startNanos;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor ticker;

  private Health(Builder builder) {
    this.version = builder.version;
    this.time = builder.time;
    this.startNanos = time.nanoTime();
    this.threads =
        new ThreadPoolExecutor(
            0,
            Math.max(1, builder.registered.size()),
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("ops-health-check-"));
    this.ticker = new ScheduledThreadPoolExecutor(1, daemons("ops-health-tick-"));
    this.loops =
        builder.registered.stream()
            .map(r -> new CheckLoop(r.spec(), r.check(), time, threads))
            .toList();
  }

  /**
   * A builder.
   *
   * @return without checks
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What is known now about the checks that count for a probe.
   *
   * @param probe which
   * @return never null; with no checks it is up
   */
  public HealthReport report(Probe probe) {
    HealthStatus status = HealthStatus.UP;
    List<CheckReport> checks = new ArrayList<>();
    for (CheckLoop loop : loops) {
      if (loop.spec().probes().contains(probe)) {
        CheckReport report = loop.report();
        checks.add(report);
        status = status.worst(weigh(report, loop.spec().scope()));
      }
    }
    return new HealthReport(status, available(probe, status), checks);
  }

  /**
   * What is known now about every check.
   *
   * @return available if the readiness probe is
   */
  public HealthReport report() {
    HealthReport readiness = report(Probe.READINESS);
    return new HealthReport(
        readiness.status(), readiness.available(), loops.stream().map(CheckLoop::report).toList());
  }

  /** One instance out of traffic does not help against what all of them share. */
  private static HealthStatus weigh(CheckReport report, DependencyScope scope) {
    HealthStatus status = report.result().status();
    return scope == DependencyScope.SHARED && status == HealthStatus.DOWN
        ? HealthStatus.DEGRADED
        : status;
  }

  private static boolean available(Probe probe, HealthStatus status) {
    return switch (status) {
      case UP, DEGRADED -> true;
      case UNKNOWN -> probe == Probe.LIVENESS;
      case DOWN -> false;
    };
  }

  String version() {
    return version;
  }

  TimeSource time() {
    return time;
  }

  Duration uptime() {
    return Duration.ofNanos(time.nanoTime() - startNanos);
  }

  /** Stops the schedule and lets running checks end by themselves. Idempotent. */
  @Override
  public void close() {
    ticker.shutdownNow();
    threads.shutdown();
  }

  private void tick() {
    loops.forEach(CheckLoop::tick);
  }

  private static ThreadFactory daemons(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private record Registered(CheckSpec spec, HealthCheck check) {}

  /** Options of {@link Health}. Confined to one thread. */
  public static final class Builder {
    private final List<Registered> registered = new ArrayList<>();
    private String version = "unknown";
    private TimeSource time = TimeSource.system();

    private Builder() {}

    /**
     * The version of the service, shown by the endpoints.
     *
     * @param version default {@code unknown}
     * @return this
     */
    public Builder version(String version) {
      this.version = Objects.requireNonNull(version, "version");
      return this;
    }

    /**
     * The clock.
     *
     * @param time default {@link TimeSource#system()}
     * @return this
     */
    public Builder time(TimeSource time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Adds a check with the default options.
     *
     * @param name unique; shown by the endpoints
     * @param check runs in the background
     * @return this
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder check(String name, HealthCheck check) {
      return check(name, check, options -> options);
    }

    /**
     * Adds a check.
     *
     * @param name unique; shown by the endpoints
     * @param check runs in the background
     * @param options sets what is not to be the default
     * @return this
     * @throws IllegalArgumentException if the name is blank or taken, or an option is out of its
     *     range; the message names it
     */
    public Builder check(String name, HealthCheck check, UnaryOperator<CheckOptions> options) {
      if (name.isBlank() || registered.stream().anyMatch(r -> r.spec().name().equals(name))) {
        throw new IllegalArgumentException(
            "check name '" + name + "' is blank or taken; every check needs one of its own");
      }
      registered.add(new Registered(options.apply(new CheckOptions(name, check)).build(), check));
      return this;
    }

    /**
     * Starts the checks at once, all in parallel.
     *
     * @return the running engine
     */
    public Health start() {
      Health health = new Health(this);
      health.ticker.scheduleAtFixedRate(health::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
      return health;
    }
  }
}
