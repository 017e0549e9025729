package dev.opskit.health;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of a service in parallel in the background and knows what they found; takes the
 * service out of traffic for maintenance and before a shutdown. Thread-safe; whoever starts it
 * closes it.
 *
 * <p>No check runs because somebody asks: {@link #report} reads what is known and never waits. A
 * failure is known at the latest one interval, one timeout and {@value CheckEngine#TICK_MILLIS} ms
 * after it happened; a check that hangs is reported as timed out, with the frame in which it
 * stands, and is not started again until that run has returned; its thread is interrupted if {@link
 * HealthCheck#interruptible()} allows it. At most one thread per check is used, and one more.
 *
 * <p>There are no thresholds yet: one result decides. A drain does not wait for requests yet, and
 * maintenance does not outlive the process.
 */
public final class Health implements AutoCloseable {
  private final CheckEngine engine;
  private final String version;
  private final TimeSource time;
  private final MaintenanceMode maintenance;
  private final long startNanos;
  private volatile boolean draining;

  private Health(Builder builder) {
    this.version = builder.version;
    this.time = builder.time;
    this.maintenance =
        builder.maintenance == null ? new MaintenanceSwitch(time) : builder.maintenance;
    this.startNanos = time.nanoTime();
    this.engine = new CheckEngine(builder.registered, time);
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
    for (CheckLoop loop : engine.loops()) {
      if (loop.spec().probes().contains(probe)) {
        CheckReport report = loop.report();
        checks.add(report);
        status = status.worst(weigh(report, loop.spec().scope()));
      }
    }
    OutOfService out = probe == Probe.READINESS ? outOfService() : null;
    return out == null
        ? new HealthReport(status, available(probe, status), null, null, checks)
        : new HealthReport(HealthStatus.DOWN, false, out.why(), out.retryAfter(), checks);
  }

  /**
   * What is known now about every check.
   *
   * @return available if the readiness probe is
   */
  public HealthReport report() {
    HealthReport readiness = report(Probe.READINESS);
    return new HealthReport(
        readiness.status(),
        readiness.available(),
        readiness.outOfService(),
        readiness.retryAfter(),
        engine.loops().stream().map(CheckLoop::report).toList());
  }

  /**
   * Switches the readiness probe off and on again: it says no with cause {@code MAINTENANCE} while
   * a window is open, whatever the checks say. Liveness and startup do not notice.
   *
   * @return the mode set at the builder, else one of this process alone, which knows nothing of an
   *     earlier process or of other instances
   */
  public MaintenanceMode maintenance() {
    return maintenance;
  }

  /**
   * Takes the service out of traffic for good, before it shuts down: the readiness probe says no
   * with cause {@code DRAINING} from now on. Waits for nothing: give the load balancer the time to
   * notice before the server stops. Idempotent.
   */
  public void drain() {
    draining = true;
  }

  private @Nullable OutOfService outOfService() {
    if (draining) {
      return OutOfService.DRAINING;
    }
    Instant now = time.now();
    return maintenance.current().map(open -> OutOfService.maintenance(open, now)).orElse(null);
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

  /**
   * Stops the schedule and lets running checks end by themselves; what is known grows stale.
   * Idempotent.
   */
  @Override
  public void close() {
    engine.close();
  }

  /** Options of {@link Health}. Confined to one thread. */
  public static final class Builder {
    private final List<CheckEngine.Registered> registered = new ArrayList<>();
    private @Nullable MaintenanceMode maintenance;
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
     * What tells whether the service is in maintenance.
     *
     * @param maintenance asked at each readiness probe, so it must not block; default one in the
     *     memory of this process, on the clock of this builder
     * @return this
     */
    public Builder maintenance(MaintenanceMode maintenance) {
      this.maintenance = Objects.requireNonNull(maintenance, "maintenance");
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
      CheckSpec spec = options.apply(new CheckOptions(name, check)).build();
      registered.add(new CheckEngine.Registered(spec, check));
      return this;
    }

    /**
     * Starts the checks at once, all in parallel.
     *
     * @return the running engine
     */
    public Health start() {
      Health health = new Health(this);
      health.engine.start();
      return health;
    }
  }
}
