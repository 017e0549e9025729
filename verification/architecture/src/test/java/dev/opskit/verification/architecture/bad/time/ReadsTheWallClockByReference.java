package dev.opskit.verification.architecture.bad.time;

import java.time.Instant;
import java.util.function.Supplier;

final class ReadsTheWallClockByReference {
  Supplier<Instant> now = Instant::now;
}
