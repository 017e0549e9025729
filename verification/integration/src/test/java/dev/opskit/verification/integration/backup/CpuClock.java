package dev.opskit.verification.integration.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** Of another process, with the children that it has now and those that it had. */
  static double secondsOfFamily(long pid) {
    double seconds;
    Set<Long> before;
    do {
      before = children(pid);
      seconds =
          seconds(Long.toString(pid))
              + before.stream().mapToDouble(child -> seconds(Long.toString(child))).sum();
      // What has ended meanwhile was counted twice, or not at all.
    } while (!before.equals(children(pid)));
    return seconds;
  }

  private static Set<Long> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::children)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static double seconds(String process) {
    Path file = Path.of("/proc", process, "stat");
    try {
      String stat = Files.readString(file);
      // Behind the name, which may hold blanks: state first, then as in proc(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double ticks = 0;
      for (int i = 11; i <= 14; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException hasEndedOrNoProc) {
      return Double.NaN;
    }
  }
}
