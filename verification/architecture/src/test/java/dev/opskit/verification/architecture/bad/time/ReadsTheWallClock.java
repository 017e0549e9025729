package dev.opskit.verification.architecture.bad.time;

import java.time.Instant;

final class ReadsTheWallClock {
  Instant now = Instant.now();
}
