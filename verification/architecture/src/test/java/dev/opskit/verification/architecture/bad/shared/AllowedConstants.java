package dev.opskit.verification.architecture.bad.shared;

import java.util.concurrent.TimeUnit;

final class AllowedConstants {
  static final TimeUnit UNIT = TimeUnit.SECONDS;
  static final long NANOS = UNIT.toNanos(3);
}
