package dev.opskit.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry on whose page one metric that cannot be read leaves out itself instead of all others.
 * Thread-safe.
 */
final class GuardedRegistry extends PrometheusRegistry {
  private final Map<Collector, GuardedCollector> guarded = new ConcurrentHashMap<>();
  private final Map<MultiCollector, GuardedMultiCollector> guardedMulti = new ConcurrentHashMap<>();

  @Override
  public void register(Collector collector) {
    super.register(guarded.computeIfAbsent(collector, GuardedCollector::new));
  }

  @Override
  public void register(MultiCollector collector) {
    super.register(guardedMulti.computeIfAbsent(collector, GuardedMultiCollector::new));
  }

  @Override
  public void unregister(Collector collector) {
    GuardedCollector guard = guarded.remove(collector);
    if (guard != null) {
      super.unregister(guard);
    }
  }

  @Override
  public void unregister(MultiCollector collector) {
    GuardedMultiCollector guard = guardedMulti.remove(collector);
    if (guard != null) {
      super.unregister(guard);
    }
  }

  @Override
  public void clear() {
    super.clear();
    guarded.clear();
    guardedMulti.clear();
  }
}
