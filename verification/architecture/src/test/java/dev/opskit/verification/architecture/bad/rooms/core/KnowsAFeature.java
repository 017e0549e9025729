package dev.opskit.verification.architecture.bad.rooms.core;

import dev.opskit.verification.architecture.bad.rooms.secrets.AllowedSecrets;

final class KnowsAFeature {
  AllowedSecrets secrets = new AllowedSecrets();
}
