package dev.opskit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of metric families that are spoken for. A registry that gets a name twice keeps the
 * first meter and drops the other with a line in the log, which nobody would notice before an alert
 * stays silent. Thread-safe.
 */
final class TakenNames {
  private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

  private final MeterRegistry registry;
  private final Set<String> taken = new HashSet<>();

  TakenNames(MeterRegistry registry) {
    this.registry = registry;
  }

  /** All of them or none. */
  synchronized void claim(String who, List<String> families) {
    Set<String> used = new HashSet<>(taken);
    registry.forEachMeter(meter -> used.add(family(meter.getId())));
    for (String family : families) {
      if (used.contains(family)) {
        throw new IllegalArgumentException(
            "%s: the metric %s exists already; keep the first one and share it, or take another name"
                .formatted(who, family));
      }
    }
    taken.addAll(families);
  }

  static String family(String dotted, Meter.Type type) {
    return family(PROMETHEUS.name(dotted, type, null));
  }

  private static String family(Meter.Id id) {
    return family(PROMETHEUS.name(id.getName(), id.getType(), id.getBaseUnit()));
  }

  private static String family(String name) {
    return name.endsWith("_total") ? name.substring(0, name.length() - "_total".length()) : name;
  }
}
