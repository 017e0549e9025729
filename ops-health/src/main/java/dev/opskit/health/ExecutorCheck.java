package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.util.concurrent.ThreadPoolExecutor;

/** Whether a thread pool still keeps up: all threads busy and too much waiting is saturation. */
record ExecutorCheck(ThreadPoolExecutor executor, int maxWaiting) implements HealthCheck {
  ExecutorCheck {
    if (maxWaiting < 0) {
      throw new IllegalArgumentException("maxWaiting is " + maxWaiting + ", must be 0 or more");
    }
  }

  @Override
  public HealthResult check(CheckContext context) {
    int active = executor.getActiveCount();
    int waiting = executor.getQueue().size();
    boolean isBusy = active >= executor.getMaximumPoolSize();
    HealthResult result = HealthResult.up();
    if (executor.isShutdown()) {
      result = HealthResult.down(HealthCause.FAILED, "the executor is shut down");
    } else if (isBusy && waiting > maxWaiting) {
      result = HealthResult.degraded(HealthCause.EXHAUSTED, "all threads are busy and tasks wait");
    }
    return result
        .with("active", active)
        .with("waiting", waiting)
        .with("maxThreads", executor.getMaximumPoolSize());
  }

  @Override
  public DependencyScope scope() {
    return DependencyScope.LOCAL;
  }
}
