package dev.opskit.testkit.example;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.util.concurrent.BlockingQueue;

record QueueCheck(BlockingQueue<?> queue) implements HealthCheck {
  @Override
  public HealthResult check(CheckContext context) {
    return queue.remainingCapacity() > 0
        ? HealthResult.up()
        : HealthResult.down(HealthCause.EXHAUSTED, "the queue is full");
  }
}
