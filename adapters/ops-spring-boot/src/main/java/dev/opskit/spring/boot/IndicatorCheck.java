package dev.opskit.spring.boot;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** One of Actuator's health contributors, run by opskit: in the background and with a timeout. */
record IndicatorCheck(HealthContributor contributor) implements HealthCheck {
  @Override
  public HealthResult check(CheckContext context) {
    return look(contributor);
  }

  private static HealthResult look(HealthContributor contributor) {
    if (contributor instanceof CompositeHealthContributor several) {
      HealthResult worst = HealthResult.up();
      for (HealthContributors.Entry entry : several) {
        HealthResult one = look(entry.contributor());
        worst = one.status().compareTo(worst.status()) > 0 ? one : worst;
      }
      return worst;
    }
    return contributor instanceof HealthIndicator indicator
        ? result(indicator)
        : HealthResult.unknown(HealthCause.FAILED, "it cannot be asked without Reactor");
  }

  private static HealthResult result(HealthIndicator indicator) {
    var health = indicator.health();
    Object error = health.getDetails().get("error");
    String message = health.getStatus() + (error == null ? "" : ": " + error);
    if (health.getStatus().equals(Status.UP)) {
      return HealthResult.up();
    }
    return health.getStatus().equals(Status.UNKNOWN)
        ? HealthResult.unknown(HealthCause.FAILED, message)
        : HealthResult.down(HealthCause.FAILED, message);
  }
}
