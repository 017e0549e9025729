package dev.opskit.testkit.example;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.testkit.core.HealthCheckContract;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

class QueueCheckTest implements HealthCheckContract {
  @Override
  public HealthCheck working() {
    return new QueueCheck(new ArrayBlockingQueue<>(1));
  }

  @Override
  public HealthCheck broken() {
    return new QueueCheck(new ArrayBlockingQueue<>(1, false, List.of("stuck")));
  }
}
