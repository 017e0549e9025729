package dev.opskit.verification.integration.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process and the children that have ended have worked so far, which depends on nobody
 * else.
 */
final class CpuClock {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100;

  private CpuClock() {}

  /** Not a number where there is no {@code /proc}. */
  static double seconds() {
    if (!Files.isReadable(STAT)) {
      return Double.NaN;
    }
    try {
      String stat = Files.readString(STAT);
      // Behind the name, which may hold blanks: state first, then as in proc(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double ticks = 0;
      for (int i = 11; i <= 14; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
