package dev.opskit.spring.boot;

import dev.opskit.core.health.HealthCheck;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Actuator's health indicators as checks. Names no type of Actuator, so that it can be asked for
 * where there is none.
 */
record IndicatorChecks(Supplier<Map<String, HealthCheck>> all) {
  HealthCheck get(String name) {
    Map<String, HealthCheck> known = all.get();
    HealthCheck check = known.get(name);
    if (check == null) {
      throw new IllegalArgumentException(
          "ops.health.indicators names '%s', but Actuator's indicators are %s"
              .formatted(name, known.keySet()));
    }
    return check;
  }
}
