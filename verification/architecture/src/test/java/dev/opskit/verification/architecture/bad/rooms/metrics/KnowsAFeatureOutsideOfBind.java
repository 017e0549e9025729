package dev.opskit.verification.architecture.bad.rooms.metrics;

import dev.opskit.verification.architecture.bad.rooms.health.AllowedHealth;

final class KnowsAFeatureOutsideOfBind {
  AllowedHealth health = new AllowedHealth();
}
