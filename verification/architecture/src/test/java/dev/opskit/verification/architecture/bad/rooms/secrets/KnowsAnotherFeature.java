package dev.opskit.verification.architecture.bad.rooms.secrets;

import dev.opskit.verification.architecture.bad.rooms.backup.AllowedBackup;

final class KnowsAnotherFeature {
  AllowedBackup backup = new AllowedBackup();
}
