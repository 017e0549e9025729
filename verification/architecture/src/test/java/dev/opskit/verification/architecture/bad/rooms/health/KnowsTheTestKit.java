package dev.opskit.verification.architecture.bad.rooms.health;

import dev.opskit.verification.architecture.bad.rooms.testkit.AllowedFake;

final class KnowsTheTestKit {
  AllowedFake fake = new AllowedFake();
}
