package dev.opskit.core.maintenance;

import java.util.Optional;

/**
 * Switches a service out of traffic on purpose and back. Recovery calls it around a restore; the
 * health module implements it and shows it on the readiness probe.
 *
 * <p>Implementations are thread-safe and do not block for longer than a local file write.
 */
public interface MaintenanceMode {

  /**
   * Goes into maintenance, or replaces the window that is open.
   *
   * @param window why, by whom, until when
   * @throws IllegalArgumentException if the window has ended already
   */
  void enter(MaintenanceWindow window);

  /** Ends maintenance. Without effect if none is on. */
  void leave();

  /**
   * The window that is open now.
   *
   * @return empty when the service is in normal operation, also after a window has expired
   */
  Optional<MaintenanceWindow> current();
}
