package dev.opskit.verification.architecture.bad.time;

import java.time.Instant;

final class AllowedParsing {
  Instant start = Instant.parse("2026-01-01T00:00:00Z");
}
