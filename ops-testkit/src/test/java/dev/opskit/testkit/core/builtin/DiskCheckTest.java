package dev.opskit.testkit.core.builtin;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.health.Checks;
import dev.opskit.testkit.core.HealthCheckContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckTest implements HealthCheckContract {
  @TempDir private Path folder;

  @Override
  public HealthCheck working() {
    return Checks.disk(folder, 1);
  }

  @Override
  public HealthCheck broken() {
    return Checks.disk(folder.resolve("gone"), 1);
  }
}
