package dev.opskit.testkit.core.builtin;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.time.TimeSource;
import dev.opskit.health.Health;
import dev.opskit.testkit.core.MaintenanceModeContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MaintenanceOfHealthTest implements MaintenanceModeContract {
  private final List<Health> started = new ArrayList<>();

  @Override
  public MaintenanceMode mode(TimeSource time) {
    Health health = Health.builder().time(time).start();
    started.add(health);
    return health.maintenance();
  }

  @AfterEach
  void close() {
    started.forEach(Health::close);
  }
}
