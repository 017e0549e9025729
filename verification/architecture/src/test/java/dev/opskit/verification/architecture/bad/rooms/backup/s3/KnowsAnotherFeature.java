package dev.opskit.verification.architecture.bad.rooms.backup.s3;

import dev.opskit.verification.architecture.bad.rooms.secrets.AllowedSecrets;

final class KnowsAnotherFeature {
  AllowedSecrets secrets = new AllowedSecrets();
}
