package dev.opskit.verification.architecture.bad.statics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

final class AllowedConstants {
  public static final Duration PATIENCE = Duration.ofSeconds(2);
  static final TimeUnit UNIT = TimeUnit.SECONDS;
  private static final byte[] MAGIC = {1, 2};

  byte[] magic() {
    return MAGIC.clone();
  }
}
