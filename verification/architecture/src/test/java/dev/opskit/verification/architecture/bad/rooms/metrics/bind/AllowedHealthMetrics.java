package dev.opskit.verification.architecture.bad.rooms.metrics.bind;

import dev.opskit.verification.architecture.bad.rooms.health.AllowedHealth;
import io.micrometer.core.instrument.MeterRegistry;

final class AllowedHealthMetrics {
  AllowedHealth health = new AllowedHealth();
  Class<?> registry = MeterRegistry.class;
}
