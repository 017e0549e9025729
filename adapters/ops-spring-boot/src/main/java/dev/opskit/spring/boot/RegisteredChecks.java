package dev.opskit.spring.boot;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.health.Health;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The checks of an application by name, with the options that its properties give them. */
final class RegisteredChecks {
  private static final String SUFFIX = "HealthCheck";

  private final OpsProperties.Checks properties;
  private final Map<String, HealthCheck> checks = new LinkedHashMap<>();

  RegisteredChecks(OpsProperties.Checks properties) {
    this.properties = properties;
  }

  void add(Map<String, HealthCheck> beans) {
    beans.forEach(
        (bean, check) ->
            add(
                bean.endsWith(SUFFIX) && !bean.equals(SUFFIX)
                    ? bean.substring(0, bean.length() - SUFFIX.length())
                    : bean,
                check));
  }

  void addIndicators(@Nullable IndicatorChecks indicators) {
    if (!properties.indicators().isEmpty() && indicators == null) {
      throw new IllegalArgumentException(
          "ops.health.indicators is %s, but there is no Actuator: add spring-boot-starter-actuator"
              .formatted(properties.indicators()));
    }
    for (String name : properties.indicators()) {
      add(name, indicators.get(name));
    }
  }

  private void add(String name, HealthCheck check) {
    if (checks.put(name, check) != null) {
      throw new IllegalArgumentException(
          "two health checks have the name '%s': rename one of the beans, or leave it out of"
                  .formatted(name)
              + " ops.health.indicators");
    }
  }

  Health.Builder registerWith(Health.Builder builder) {
    Set<String> unknown = new TreeSet<>(properties.checks().keySet());
    unknown.removeAll(checks.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "ops.health.checks names %s, but the checks are %s"
              .formatted(unknown, new TreeSet<>(checks.keySet())));
    }
    checks.forEach(
        (name, check) -> {
          CheckProperties options = properties.checks().get(name);
          builder.check(name, check, given -> options == null ? given : options.applyTo(given));
        });
    return builder;
  }
}
