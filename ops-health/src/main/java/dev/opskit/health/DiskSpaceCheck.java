package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder's disk has enough room left. Thread-safe. */
public final class DiskSpaceCheck implements HealthCheck {
  private final Path folder;
  private final long minimumBytes;

  private DiskSpaceCheck(Path folder, long minimumBytes) {
    this.folder = folder;
    this.minimumBytes = minimumBytes;
  }

  /**
   * A check of the disk that holds a folder.
   *
   * @param folder an existing folder
   * @param minimumBytes what must be left for this process, more than 0
   * @return the check
   */
  public static DiskSpaceCheck of(Path folder, long minimumBytes) {
    if (minimumBytes <= 0) {
      throw new IllegalArgumentException("minimumBytes is " + minimumBytes + ", must be above 0");
    }
    return new DiskSpaceCheck(folder, minimumBytes);
  }

  @Override
  public HealthResult check(CheckContext context) throws IOException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    HealthResult result =
        usable >= minimumBytes
            ? HealthResult.up()
            : HealthResult.down(HealthCause.EXHAUSTED, "too little room in " + folder);
    return result.with("usableBytes", usable).with("minimumBytes", minimumBytes);
  }

  @Override
  public DependencyScope scope() {
    return DependencyScope.LOCAL;
  }
}
