package dev.opskit.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Exemplars where OpenMetrics 1.0 has them: at buckets and at counters. Micrometer's default puts
 * them at a histogram's count, too, for which Prometheus 2 refuses the whole page.
 */
final class PageConfig implements PrometheusConfig {
  @Override
  public @Nullable String get(String key) {
    return null;
  }

  @Override
  public Properties prometheusProperties() {
    Properties properties = new Properties();
    properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
    return properties;
  }
}
