package dev.opskit.health;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.event.Listeners;
import dev.opskit.core.event.Subscription;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of a service in parallel in the background and knows what they found; takes the
 * service out of traffic for maintenance and before a shutdown. Thread-safe; whoever starts it
 * closes it.
 *
 * <p>No check runs because somebody asks, unless it was registered as on demand. A check that hangs
 * is reported as timed out, with the frame in which it stands; its thread is left behind, or
 * interrupted if {@link HealthCheck#interruptible()} allows it, and up to two others look again in
 * its place, so that recovery is seen even if the first never returns. At most three threads per
 * check are used, one that ticks, and one per listener while there is something to tell.
 *
 * <p>No answer says UP on the strength of a success older than the check's {@link
 * CheckOptions#maxAge}, and none says UP when the engine itself does not move, as after the process
 * was frozen.
 */
public final class Health implements AutoCloseable {
  private final TimeSource time;
  private final CheckEngine engine;
  private final Reports reports;
  private final Snapshots snapshots;
  private final MaintenanceMode maintenance;
  private final Drain drain;
  private final Listeners<HealthEvent> listeners = new Listeners<>("health");
  private @Nullable OutOfService lastOutOfService;
  private long lastObservations;

  private Health(Builder builder) {
    this.time = builder.time;
    this.drain = new Drain(time, this::renew);
    this.maintenance = builder.maintenance == null ? ownMaintenance(builder) : builder.maintenance;
    this.engine = new CheckEngine(time, this::afterTick);
    this.reports = new Reports(engine, this::outOfService);
    this.snapshots = new Snapshots(engine, reports, new ReportWriter(builder.version, time), time);
    builder.registered.forEach(r -> engine.add(r.spec(), r.check()));
    if (builder.alerts != null) {
      listeners.add(new HealthAlerts(builder.alerts));
    }
    snapshots.renew();
  }

  private MaintenanceMode ownMaintenance(Builder builder) {
    Path file = builder.maintenanceFile;
    MaintenanceWindow open = file == null ? null : FileMaintenance.read(file);
    MaintenanceSwitch inMemory = new MaintenanceSwitch(time, open, this::renew);
    return file == null ? inMemory : new FileMaintenance(file, inMemory);
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
   * What is known about the checks that count for a probe. Waits for those that are on demand, as
   * the probe itself would.
   *
   * @param probe which
   * @return never null; with no checks it is up
   */
  public HealthReport report(Probe probe) {
    Page page = Page.of(probe);
    engine.demand(page);
    return reports.at(page, time.nanoTime());
  }

  /**
   * What is known about every check. Runs none and never waits.
   *
   * @return available if the readiness probe is
   */
  public HealthReport report() {
    return reports.at(Page.STATUS, time.nanoTime());
  }

  OpsResponse answer(Page page, boolean withDetails) {
    if (engine.hasOnDemand(page)) {
      engine.demand(page);
      return snapshots.fresh(page, withDetails, time.nanoTime());
    }
    return snapshots.get(page, withDetails);
  }

  /**
   * Registers the sign of life of a loop inside the service. It counts for liveness and readiness:
   * when nothing has beaten for too long, only a restart helps.
   *
   * @param name unique among the checks
   * @param maxSilence at least one second
   * @return beat it whenever progress was made; the first beat is now
   * @throws IllegalArgumentException if the name is blank or taken, or the silence too short
   */
  public Heartbeat heartbeat(String name, Duration maxSilence) {
    Duration interval = Duration.ofSeconds(1);
    if (maxSilence.compareTo(interval) < 0) {
      throw new IllegalArgumentException(
          "maxSilence of heartbeat '%s' is %s, must be at least %s"
              .formatted(name, maxSilence, interval));
    }
    Heartbeat heartbeat = new Heartbeat(time);
    HealthCheck check = heartbeat.silentFor(maxSilence);
    CheckSpec spec =
        new CheckOptions(requireName(name), check)
            .timeout(interval)
            .interval(interval)
            .probes(Probe.LIVENESS, Probe.READINESS)
            .build();
    engine.add(spec, check);
    return heartbeat;
  }

  /**
   * The last changes of a check's status.
   *
   * @param check its name
   * @return at most {@value Watched#KEPT}, the oldest first
   * @throws IllegalArgumentException if there is no such check
   */
  public List<HealthEvent.Transition> history(String check) {
    return engine.watched().stream()
        .filter(watched -> watched.spec().name().equals(check))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no check '" + check + "'"))
        .history();
  }

  /**
   * Watches what happens.
   *
   * @param listener called on a thread of its own, in order; throwing or hanging harms nothing here
   * @return closing it ends the watch
   */
  public Subscription onEvent(Consumer<? super HealthEvent> listener) {
    return listeners.add(listener);
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
   * Takes the service out of traffic for good, before it shuts down.
   *
   * @return always the same instance
   */
  public Drain drain() {
    return drain;
  }

  /** At once, and not at the next tick. */
  private void renew() {
    snapshots.renew();
  }

  Stream<CheckSpec> specs() {
    return engine.watched().stream().map(Watched::spec);
  }

  private @Nullable OutOfService outOfService() {
    if (drain.hasBegun()) {
      return OutOfService.DRAINING;
    }
    return maintenance
        .current()
        .map(open -> OutOfService.maintenance(open, time.now()))
        .orElse(null);
  }

  private void afterTick() {
    long now = time.nanoTime();
    long observations = 0;
    boolean changed = false;
    for (Watched watched : engine.watched()) {
      observations += watched.loop().observations();
      HealthEvent.Transition transition =
          watched.announce(watched.loop().announcedAt(now), time.now());
      if (transition != null) {
        changed = true;
        listeners.publish(transition);
      }
    }
    OutOfService out = outOfService();
    boolean sameTraffic = out == null ? lastOutOfService == null : out.isSameAs(lastOutOfService);
    changed |= observations != lastObservations || !sameTraffic;
    lastObservations = observations;
    lastOutOfService = out;
    snapshots.keepUp(changed);
  }

  /** Moves everything once, for tests that have no ticker. */
  void tick() {
    engine.tick();
  }

  private static String requireName(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a check needs a name that is not blank");
    }
    return name;
  }

  /**
   * Stops the schedule and lets running checks end by themselves; what is known grows stale.
   * Idempotent.
   */
  @Override
  public void close() {
    engine.close();
    listeners.close();
  }

  private record Registered(CheckSpec spec, HealthCheck check) {}

  /** Options of {@link Health}. Confined to one thread. */
  public static final class Builder {
    private final List<Registered> registered = new ArrayList<>();
    private @Nullable MaintenanceMode maintenance;
    private @Nullable Path maintenanceFile;
    private String version = "unknown";
    private TimeSource time = TimeSource.system();
    private @Nullable AlertSink alerts;

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
     * Where the alert {@code HealthDown} of a check is raised when its status becomes DOWN, and
     * resolved when it becomes another; the label {@code check} is the check's name.
     *
     * @param alerts stays the caller's to close; default none
     * @return this
     */
    public Builder alerts(AlertSink alerts) {
      this.alerts = Objects.requireNonNull(alerts, "alerts");
      return this;
    }

    /**
     * What tells whether the service is in maintenance.
     *
     * @param maintenance asked some twenty times a second, so it must not block; default one in the
     *     memory of this process, on the clock of this builder
     * @return this
     */
    public Builder maintenance(MaintenanceMode maintenance) {
      this.maintenance = Objects.requireNonNull(maintenance, "maintenance");
      return this;
    }

    /**
     * Lets a maintenance window outlive the process. Has no effect beside {@link #maintenance}.
     *
     * @param file where the open window is kept, in a folder that exists; one for each instance, or
     *     one that all of a machine share at their next start
     * @return this
     */
    public Builder maintenanceFile(Path file) {
      this.maintenanceFile = Objects.requireNonNull(file, "file");
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
     * @param check runs in the background, unless it is set to run on demand
     * @param options sets what is not to be the default
     * @return this
     * @throws IllegalArgumentException if the name is blank or taken, or an option is out of its
     *     range; the message names it
     */
    public Builder check(String name, HealthCheck check, UnaryOperator<CheckOptions> options) {
      CheckSpec spec = options.apply(new CheckOptions(requireName(name), check)).build();
      if (registered.stream().anyMatch(r -> r.spec().name().equals(name))) {
        throw CheckEngine.taken(name);
      }
      registered.add(new Registered(spec, check));
      return this;
    }

    /**
     * Starts the checks at once, all in parallel.
     *
     * @return the running engine
     * @throws IllegalArgumentException if there is a maintenance file that cannot be read
     */
    public Health start() {
      Health health = build();
      health.engine.start();
      return health;
    }

    Health build() {
      return new Health(this);
    }
  }
}
