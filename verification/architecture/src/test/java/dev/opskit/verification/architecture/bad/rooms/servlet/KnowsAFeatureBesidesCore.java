package dev.opskit.verification.architecture.bad.rooms.servlet;

import dev.opskit.verification.architecture.bad.rooms.health.AllowedHealth;

final class KnowsAFeatureBesidesCore {
  final AllowedHealth health = new AllowedHealth();
}
