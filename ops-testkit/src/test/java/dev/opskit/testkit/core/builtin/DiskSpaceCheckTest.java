package dev.opskit.testkit.core.builtin;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.health.DiskSpaceCheck;
import dev.opskit.testkit.core.HealthCheckContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceCheckTest implements HealthCheckContract {
  @TempDir private Path folder;

  @Override
  public HealthCheck working() {
    return DiskSpaceCheck.of(folder, 1);
  }

  @Override
  public HealthCheck broken() {
    return DiskSpaceCheck.of(folder.resolve("gone"), 1);
  }
}
