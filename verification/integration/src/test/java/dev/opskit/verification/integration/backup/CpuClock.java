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
  private static final double TICKS_PER_SECOND = 100;

  private CpuClock() {}

  /** Not a number where there is no {@code /proc}. */
  static double seconds() {
    return seconds("self");
  }

  /** Of another process, with the children that it has now. */
  static double secondsOfFamily(long pid) {
    return seconds(Long.toString(pid))
        + ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> seconds(Long.toString(child.pid())))
            // One that ends in between is counted with its parent.
            .filter(Double::isFinite)
            .sum();
  }

  private static double seconds(String process) {
    Path file = Path.of("/proc", process, "stat");
    if (!Files.isReadable(file)) {
      return Double.NaN;
    }
    try {
      String stat = Files.readString(file);
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
