package dev.opskit.metrics.bind;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.TimeSource;
import dev.opskit.health.CheckReport;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEvent;
import dev.opskit.metrics.OpsMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The health of a service as metrics: {@code health_ready}, and for each check {@code
 * health_check_up}, {@code health_check_status} (1 for the {@code status} that it has, else 0),
 * {@code health_check_age_seconds} and {@code health_check_transitions_total} by the status {@code
 * to} that it changed to. A scrape runs no check and asks the health once, however many checks
 * there are. Thread-safe; whoever binds it closes it, which ends the counting.
 *
 * <p>Needs {@code ops-health} on the class path.
 */
public final class HealthMetrics implements AutoCloseable {
  static final MeterSpec READY =
      MeterSpec.gauge("health.ready", null, "Whether the readiness probe says yes.");
  static final MeterSpec UP =
      MeterSpec.gauge("health.check.up", null, "Whether the check works, 1 or 0.");
  private static final MeterSpec STATUS =
      MeterSpec.gauge(
          "health.check.status", null, "The status of the check, 1 for the one it has.");
  private static final MeterSpec AGE =
      MeterSpec.gauge("health.check.age", "seconds", "How old that is.");
  private static final MeterSpec TRANSITIONS =
      MeterSpec.counter("health.check.transitions", "Changes of a check's status.");

  private final HealthSnapshots snapshots;
  private final MeterRegistry registry;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Subscription subscription;

  private HealthMetrics(Health health, MeterRegistry registry) {
    this.snapshots = new HealthSnapshots(health::report, TimeSource.system());
    this.registry = registry;
    READY.show(registry, () -> snapshots.current().available() ? 1 : 0);
    health.report().checks().forEach(check -> add(check.name()));
    this.subscription = health.onEvent(this::count);
  }

  /**
   * Registers the meters of the checks that there are, and of later ones when they first change.
   *
   * @param health stays the caller's to close
   * @param metrics where to
   * @return close it before the health
   */
  public static HealthMetrics bind(Health health, OpsMetrics metrics) {
    return new HealthMetrics(health, metrics.registry());
  }

  private void add(String check) {
    if (!known.add(check)) {
      return;
    }
    UP.show(registry, () -> up(snapshots.current().check(check)), "check", check);
    AGE.show(registry, () -> ageSeconds(snapshots.current().check(check)), "check", check);
    for (HealthStatus status : HealthStatus.values()) {
      STATUS.show(
          registry,
          () -> status(snapshots.current().check(check)) == status ? 1 : 0,
          "check",
          check,
          "status",
          name(status));
      TRANSITIONS.count(registry, "check", check, "to", name(status));
    }
  }

  private static HealthStatus status(@Nullable CheckReport report) {
    return report == null ? HealthStatus.UNKNOWN : report.result().status();
  }

  private static double up(@Nullable CheckReport report) {
    HealthStatus status = status(report);
    return status == HealthStatus.UP || status == HealthStatus.DEGRADED ? 1 : 0;
  }

  private static double ageSeconds(@Nullable CheckReport report) {
    return report == null || report.age() == null ? Double.NaN : report.age().toMillis() / 1e3;
  }

  /** Kinds that are not named here change no meter. */
  private void count(HealthEvent event) {
    if (event instanceof HealthEvent.Transition transition) {
      add(transition.check());
      TRANSITIONS
          .count(registry, "check", transition.check(), "to", name(transition.to()))
          .increment();
    }
  }

  private static String name(HealthStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
