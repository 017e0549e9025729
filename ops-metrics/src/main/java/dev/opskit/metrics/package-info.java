/**
 * Metrics of a service on Micrometer and Prometheus. Start with {@link
 * dev.opskit.metrics.OpsMetrics}.
 */
@NullMarked
package dev.opskit.metrics;

import org.jspecify.annotations.NullMarked;
