package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder's disk has enough room left and takes a new file. */
record DiskCheck(Path folder, long minimumBytes) implements HealthCheck {
  DiskCheck {
    if (minimumBytes <= 0) {
      throw new IllegalArgumentException("minimumBytes is " + minimumBytes + ", must be above 0");
    }
  }

  @Override
  public HealthResult check(CheckContext context) throws IOException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    HealthResult result = HealthResult.up();
    if (usable < minimumBytes) {
      result = HealthResult.down(HealthCause.EXHAUSTED, "too little room in " + folder);
    } else if (!takesAFile()) {
      result = HealthResult.down(HealthCause.READ_ONLY, "cannot write to " + folder);
    }
    return result.with("usableBytes", usable).with("minimumBytes", minimumBytes);
  }

  private boolean takesAFile() throws IOException {
    Path file = null;
    try {
      file = Files.createTempFile(folder, ".health-", ".tmp");
      Files.write(file, new byte[1]);
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public DependencyScope scope() {
    return DependencyScope.LOCAL;
  }
}
