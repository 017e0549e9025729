package dev.opskit.verification.architecture.bad.rooms.testkit;

import dev.opskit.verification.architecture.bad.rooms.backup.AllowedBackup;
import dev.opskit.verification.architecture.bad.rooms.health.AllowedHealth;

public final class AllowedFake {
  AllowedBackup backup = new AllowedBackup();
  AllowedHealth health = new AllowedHealth();
}
