package dev.opskit.verification.architecture.bad.rooms.backup.postgres;

import dev.opskit.verification.architecture.bad.rooms.backup.AllowedBackup;

public final class AllowedDump {
  AllowedBackup backup = new AllowedBackup();
}
