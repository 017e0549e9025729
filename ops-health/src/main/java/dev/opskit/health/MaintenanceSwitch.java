package dev.opskit.health;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.TimeSource;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance of this process, in memory. A window ends by the wall clock, as people agreed on it.
 */
final class MaintenanceSwitch implements MaintenanceMode {
  private final TimeSource time;
  private final Runnable onChange;
  private volatile @Nullable MaintenanceWindow window;

  /** Begins with the window that an earlier process left open, null for none. */
  MaintenanceSwitch(TimeSource time, @Nullable MaintenanceWindow window, Runnable onChange) {
    this.time = time;
    this.window = window;
    this.onChange = onChange;
  }

  @Override
  public void enter(MaintenanceWindow window) {
    Instant now = time.now();
    if (!window.until().isAfter(now)) {
      throw new IllegalArgumentException(
          "the maintenance window ends at %s, but it is %s already".formatted(window.until(), now));
    }
    this.window = window;
    onChange.run();
  }

  @Override
  public void leave() {
    window = null;
    onChange.run();
  }

  @Override
  public Optional<MaintenanceWindow> current() {
    return Optional.ofNullable(window).filter(open -> open.until().isAfter(time.now()));
  }
}
