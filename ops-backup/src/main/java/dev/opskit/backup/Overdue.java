package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.time.Instant;
import java.util.Optional;

/** Whether the store has the backup that a schedule lets one expect. Confined to one thread. */
final class Overdue {
  private final BackupService service;
  private final Schedule schedule;
  private final BackupAlerts alerts;
  private final TimeSource time;
  private final long beganNanos;

  Overdue(BackupService service, Schedule schedule, BackupAlerts alerts) {
    this.service = service;
    this.schedule = schedule;
    this.alerts = alerts;
    this.time = service.time();
    this.beganNanos = time.nanoTime();
  }

  /** Who has only just begun to look gives what is made up for as long as any other backup. */
  void check() {
    Instant expected = schedule.expected(time.now()).orElse(null);
    if (expected == null) {
      return;
    }
    Optional<Instant> newest = service.catalog().latestRestorable().map(BackupRecord::startedAt);
    if (newest.isPresent() && !newest.get().isBefore(expected)) {
      alerts.notOverdue();
    } else if (time.nanoTime() - beganNanos >= schedule.overdueAfter().toNanos()) {
      alerts.overdue(
          newest.map(at -> "the newest that is proven was begun at " + at).orElse("none is proven")
              + ", one was due at "
              + expected);
    }
  }
}
