package dev.opskit.verification.architecture.bad.rooms.secrets;

import dev.opskit.verification.architecture.bad.rooms.core.AllowedCore;

public final class AllowedSecrets {
  AllowedCore core = new AllowedCore();
}
