package dev.opskit.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A collector that gives nothing where the one that it guards throws. Thread-safe. */
final class GuardedCollector implements Collector {
  private final Collector collector;
  private final Guard guard;

  GuardedCollector(Collector collector) {
    this.collector = collector;
    this.guard = new Guard(collector.getClass().getName());
  }

  @Override
  public @Nullable MetricSnapshot collect() {
    return guard.<@Nullable MetricSnapshot>read(collector::collect, () -> null);
  }

  @Override
  public @Nullable MetricSnapshot collect(PrometheusScrapeRequest request) {
    return guard.<@Nullable MetricSnapshot>read(() -> collector.collect(request), () -> null);
  }

  @Override
  public @Nullable MetricSnapshot collect(Predicate<String> names) {
    return guard.<@Nullable MetricSnapshot>read(() -> collector.collect(names), () -> null);
  }

  @Override
  public @Nullable MetricSnapshot collect(
      Predicate<String> names, PrometheusScrapeRequest request) {
    return guard.<@Nullable MetricSnapshot>read(
        () -> collector.collect(names, request), () -> null);
  }

  @Override
  public @Nullable MetricFamilyDescriptor getMetricFamilyDescriptor() {
    return collector.getMetricFamilyDescriptor();
  }
}
