package dev.opskit.spring.boot;

import dev.opskit.core.health.HealthResult;
import dev.opskit.health.CheckReport;
import dev.opskit.health.HealthReport;
import dev.opskit.health.Probe;
import java.util.function.Function;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * What a probe of opskit says, as Actuator says it: UP where the probe is answered with yes, each
 * check as a detail. Messages are left out, which opskit shows to authorised callers alone.
 */
record ProbeIndicator(Function<Probe, HealthReport> reports, Probe probe)
    implements HealthIndicator {
  @Override
  public Health health() {
    HealthReport report = reports.apply(probe);
    HealthResult out = report.outOfService();
    Health.Builder answer =
        report.available() ? Health.up() : out == null ? Health.down() : Health.outOfService();
    answer.withDetail("status", out == null ? report.status().name() : text(out));
    for (CheckReport check : report.checks()) {
      answer.withDetail(check.name(), text(check.result()));
    }
    return answer.build();
  }

  private static String text(HealthResult result) {
    return result.cause() == null ? result.status().name() : result.status() + " " + result.cause();
  }
}
