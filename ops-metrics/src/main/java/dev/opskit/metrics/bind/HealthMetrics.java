package dev.opskit.metrics.bind;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.health.CheckReport;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEvent;
import dev.opskit.metrics.OpsMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The health of a service as metrics: {@code health_ready}, and for each check {@code
 * health_check_up}, {@code health_check_age_seconds} and {@code health_check_transitions_total} by
 * the status {@code to} that it changed to. A scrape runs no check. Thread-safe; whoever binds it
 * closes it, which ends the counting.
 *
 * <p>Needs {@code ops-health} on the class path.
 */
public final class HealthMetrics implements AutoCloseable {
  private final Health health;
  private final MeterRegistry registry;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Subscription subscription;

  private HealthMetrics(Health health, MeterRegistry registry) {
    this.health = health;
    this.registry = registry;
    Gauge.builder("health.ready", () -> health.report().available() ? 1 : 0)
        .description("Whether the readiness probe says yes.")
        .strongReference(true)
        .register(registry);
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
    gauge("health.check.up", "Whether the check works, 1 or 0.", check, HealthMetrics::up);
    gauge("health.check.age", "How old that is.", check, HealthMetrics::ageSeconds);
    for (HealthStatus to : HealthStatus.values()) {
      transitions(check, to);
    }
  }

  private void gauge(String name, String help, String check, ToDoubleFunction<CheckReport> value) {
    Gauge.builder(name, () -> value.applyAsDouble(report(check)))
        .description(help)
        .baseUnit(name.endsWith("age") ? "seconds" : null)
        .tag("check", check)
        .strongReference(true)
        .register(registry);
  }

  private CheckReport report(String check) {
    return health.report().checks().stream()
        .filter(report -> report.name().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private static double up(CheckReport report) {
    HealthStatus status = report.result().status();
    return status == HealthStatus.UP || status == HealthStatus.DEGRADED ? 1 : 0;
  }

  private static double ageSeconds(CheckReport report) {
    return report.age() == null ? Double.NaN : report.age().toMillis() / 1e3;
  }

  private void count(HealthEvent event) {
    if (event instanceof HealthEvent.Transition transition) {
      add(transition.check());
      transitions(transition.check(), transition.to()).increment();
    }
  }

  private Counter transitions(String check, HealthStatus to) {
    return Counter.builder("health.check.transitions")
        .description("Changes of a check's status.")
        .tag("check", check)
        .tag("to", to.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
