package dev.opskit.logging;

/** When a log file is rolled and how much of it is kept. */
record RollingLimits(long maxFileBytes, int days, long totalBytes) {
  static final long MEGABYTE = 1024 * 1024;
  private static final long MIN_BYTES = 1024;
  private static final long MAX_BYTES = 1L << 40;
  private static final int MAX_DAYS = 3_650;

  RollingLimits withMaxFileBytes(long bytes) {
    return new RollingLimits(bytes, days, totalBytes);
  }

  void check(String file) {
    require("maxFileBytes", maxFileBytes, MIN_BYTES, MAX_BYTES);
    require(file + " days", days, 1, MAX_DAYS);
    require(file + " totalBytes", totalBytes, maxFileBytes, MAX_BYTES);
  }

  private static void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be %d to %d".formatted(option, value, least, most));
    }
  }
}
