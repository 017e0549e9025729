package dev.opskit.verification.architecture.bad.rooms.spring.boot;

import dev.opskit.verification.architecture.bad.rooms.testkit.AllowedFake;

final class KnowsTheTestKit {
  final AllowedFake fake = new AllowedFake();
}
