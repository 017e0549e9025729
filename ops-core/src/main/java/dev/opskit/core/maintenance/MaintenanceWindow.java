package dev.opskit.core.maintenance;

import java.time.Instant;
import java.util.Objects;

/**
 * Why a service is in maintenance, by whom and until when. Immutable.
 *
 * @param owner who is responsible: a person, a team or a runbook's name; not blank
 * @param reason one sentence for people; not blank
 * @param until when it ends by itself, so that it cannot be forgotten
 */
public record MaintenanceWindow(String owner, String reason, Instant until) {
  /** Rejects a window that nobody owns or explains. */
  public MaintenanceWindow {
    if (owner.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException(
          "maintenance needs an owner and a reason, got owner '%s', reason '%s'"
              .formatted(owner, reason));
    }
    Objects.requireNonNull(until, "until");
  }
}
