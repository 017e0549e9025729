package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** Whether threads of this process wait for each other for ever: only a restart helps. */
final class DeadlockCheck implements HealthCheck {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Override
  public HealthResult check(CheckContext context) {
    long[] locked = threads.findDeadlockedThreads();
    if (locked == null) {
      return HealthResult.up();
    }
    String names =
        Arrays.stream(threads.getThreadInfo(locked))
            .filter(Objects::nonNull)
            .map(ThreadInfo::getThreadName)
            .collect(Collectors.joining(", "));
    return HealthResult.down(HealthCause.FAILED, "threads wait for each other for ever")
        .with("threads", names);
  }

  @Override
  public DependencyScope scope() {
    return DependencyScope.LOCAL;
  }
}
