package dev.opskit.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusScrapeRequest;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/** Several metrics that are left out together where the collector that it guards throws. */
final class GuardedMultiCollector implements MultiCollector {
  private final MultiCollector collector;
  private final Guard guard;

  GuardedMultiCollector(MultiCollector collector) {
    this.collector = collector;
    this.guard = new Guard(collector.getClass().getName());
  }

  @Override
  public MetricSnapshots collect() {
    return guard.read(collector::collect, MetricSnapshots::of);
  }

  @Override
  public MetricSnapshots collect(PrometheusScrapeRequest request) {
    return guard.read(() -> collector.collect(request), MetricSnapshots::of);
  }

  @Override
  public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
    return collector.getMetricFamilyDescriptors();
  }
}
