package dev.opskit.backup;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.maintenance.MaintenanceMode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs a {@link RecoveryPlan}, with a journal in the store of the backups. A recovery that stopped,
 * or whose process died, is gone on with by the next call: nothing is lifted, opened or deleted
 * before the restored data was compared with the backup and probed, and the live data is the
 * complete old or the complete new one at any moment.
 *
 * <p>One runner at a time, over all processes that share the store: one that was replaced stops
 * before its next step. Everything runs on the thread of the caller, which may be interrupted.
 * Thread-safe; nothing to close.
 *
 * <p>When a step fails, the alert {@code RecoveryFailed} is raised, which says what to do next;
 * maintenance stays on.
 */
public final class RecoveryService {
  private final BackupService backups;
  private final MaintenanceMode maintenance;
  private final AlertSink alerts;

  private RecoveryService(BackupService backups, MaintenanceMode maintenance, AlertSink alerts) {
    this.backups = backups;
    this.maintenance = maintenance;
    this.alerts = alerts;
  }

  /**
   * A service over the backups of a source.
   *
   * @param backups what restores; stays the caller's to close
   * @param maintenance takes the service out of traffic and back; to outlive a restart of the
   *     process, it has to be kept outside of it
   * @param alerts who is told of a failure
   * @return the service
   */
  public static RecoveryService of(
      BackupService backups, MaintenanceMode maintenance, AlertSink alerts) {
    return new RecoveryService(
        Objects.requireNonNull(backups, "backups"),
        Objects.requireNonNull(maintenance, "maintenance"),
        Objects.requireNonNull(alerts, "alerts"));
  }

  /**
   * Runs a plan, or goes on with a recovery by it that has stopped.
   *
   * @param plan what to do
   * @return what was done
   * @throws BackupRefusedException if a recovery by another plan is open or one is being given up,
   *     the plan is about another source, or a step cannot be done as things are
   * @throws BackupUnavailableException if another process seems to run a recovery, or a step may be
   *     done later
   */
  public RecoveryReport run(RecoveryPlan plan) {
    return begin(plan, false).run();
  }

  /**
   * Goes on with a recovery whose process is dead. If it lives after all, it stops before its next
   * step.
   *
   * @param plan what to do, the same as before
   * @return what was done
   * @throws BackupException as {@link #run} does
   */
  public RecoveryReport takeOver(RecoveryPlan plan) {
    return begin(plan, true).run();
  }

  /**
   * Gives a recovery up that has stopped: takes its steps back, the last one first. What was live
   * when it began is live again, and maintenance ends. Once this has begun, only this can be called
   * until it is done.
   *
   * @param plan what was run
   * @throws BackupRefusedException if no recovery by this plan is open, or nothing was live before,
   *     so that nothing has changed and the plan can only be run to its end
   * @throws BackupUnavailableException if a step could not be taken back; maintenance stays on then
   */
  public void abort(RecoveryPlan plan) {
    begin(plan, true).abort();
  }

  /**
   * Says what {@link #run} would do now, and how long the restore would take by the last drills.
   * Changes nothing.
   *
   * @param plan what to do
   * @return lines for people
   * @throws BackupException if the store cannot be read
   */
  public String preview(RecoveryPlan plan) {
    StringBuilder text = new StringBuilder("plan " + plan.name() + " of " + plan.source() + "\n");
    Optional<BackupRecord> newest = backups.catalog().latestRestorable();
    text.append(
        newest
            .map(
                backup ->
                    "would restore backup %s; what was written in the last %s would be lost"
                        .formatted(
                            backup.id(),
                            Duration.between(backup.startedAt(), backups.time().now())))
            .orElse("would fail: no backup counts"));
    int number = 0;
    for (RecoveryStep step : new RecoverySteps(backups, maintenance, plan).all()) {
      text.append("\n%d. %s".formatted(++number, step.name()));
      if (step.name().equals(RecoveryPlan.RESTORE)) {
        text.append(
            newest
                .flatMap(backup -> backups.restores().predictedTime(backup.id()))
                .map(time -> ", " + time + " by the last drills")
                .orElse(", no drill has said how long that takes"));
      }
    }
    return text.append('\n').toString();
  }

  private RecoveryRun begin(RecoveryPlan plan, boolean takeOver) {
    if (!plan.source().equals(backups.source())) {
      throw new BackupRefusedException(
          "the plan is about '%s', the backups are of '%s'"
              .formatted(plan.source(), backups.source()));
    }
    RecoverySteps steps = new RecoverySteps(backups, maintenance, plan);
    return new RecoveryRun(backups, steps, plan, alerts, backups.journal(), takeOver);
  }
}
