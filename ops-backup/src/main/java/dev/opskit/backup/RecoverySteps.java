package dev.opskit.backup;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The steps of a plan, those of its own among them. Confined to one thread. */
final class RecoverySteps {
  /** Nobody forgets a recovery for longer. */
  private static final Duration MAINTENANCE = Duration.ofDays(7);

  private static final Duration END = Duration.ofSeconds(10);

  private final BackupService backups;
  private final MaintenanceMode maintenance;
  private final RecoveryPlan plan;
  private final List<RecoveryStep> all;
  private String note = "";
  private @Nullable String restored;
  private boolean hasRestorePoint;

  private interface Action {
    void run() throws Exception;
  }

  private record Own(String name, Done done, Action action, Action undoing)
      implements RecoveryStep {
    interface Done {
      boolean ask();
    }

    @Override
    public boolean isDone() {
      return done.ask();
    }

    @Override
    public void apply() throws Exception {
      action.run();
    }

    @Override
    public void undo() throws Exception {
      undoing.run();
    }
  }

  RecoverySteps(BackupService backups, MaintenanceMode maintenance, RecoveryPlan plan) {
    this.backups = backups;
    this.maintenance = maintenance;
    this.plan = plan;
    this.all =
        plan.steps(
            new Own(
                RecoveryPlan.MAINTENANCE_ON,
                () -> maintenance.current().isPresent(),
                this::close,
                maintenance::leave),
            new Own(
                RecoveryPlan.RESTORE_POINT, () -> hasRestorePoint, this::saveWhatIsLive, () -> {}),
            new Own(RecoveryPlan.RESTORE, () -> restored != null, this::restore, this::takeBack),
            new Own(RecoveryPlan.MAINTENANCE_OFF, () -> false, maintenance::leave, () -> {}));
  }

  List<RecoveryStep> all() {
    return all;
  }

  /** What was done before by this or another process, as the journal tells. */
  void remember(RecoveryEntry entry) {
    if (entry.kind() == RecoveryEntry.Kind.APPLIED) {
      if (entry.step().equals(RecoveryPlan.RESTORE)) {
        restored = entry.note().split(" ", 2)[0];
      } else if (entry.step().equals(RecoveryPlan.RESTORE_POINT)) {
        hasRestorePoint = true;
      }
    }
  }

  /** The backup that is live now, once there is one. */
  @Nullable String restored() {
    return restored;
  }

  /** What there is to say about the step that was applied last. */
  String takeNote() {
    String taken = note;
    note = "";
    return taken;
  }

  private void close() {
    maintenance.enter(
        new MaintenanceWindow(
            "recovery of " + plan.source(),
            "recovery by the plan " + plan.name(),
            backups.time().now().plus(MAINTENANCE)));
  }

  /** What is live may be broken: it is saved if that can be done in time. */
  private void saveWhatIsLive() throws InterruptedException {
    FutureTask<BackupRecord> saving = new FutureTask<>(backups::restorePointNow);
    Thread thread = new Thread(saving, "ops-backup-restore-point");
    thread.setDaemon(true);
    thread.start();
    try {
      note =
          "restore point "
              + saving.get(plan.restorePointWithin().toMillis(), TimeUnit.MILLISECONDS).id();
    } catch (ExecutionException e) {
      note = "none: " + e.getCause().getMessage();
    } catch (TimeoutException e) {
      thread.interrupt();
      thread.join(END.toMillis());
      note = "none: not ready within " + plan.restorePointWithin();
    }
  }

  private void restore() {
    List<String> failures = new ArrayList<>();
    for (BackupRecord candidate : backups.catalog().restorable().toList()) {
      String id = candidate.id();
      try {
        String old =
            backups
                .restores()
                .swapIn(id, plan.probes())
                .map(point -> ", the data before is in " + point.target())
                .orElse("");
        restored = id;
        note = id + old + (failures.isEmpty() ? "" : "; not restored: " + failures);
        return;
      } catch (BackupRefusedException e) {
        // An older one may be sound.
        failures.add(id + ": " + e.getMessage());
      }
    }
    throw new BackupRefusedException(
        failures.isEmpty() ? "no backup counts" : "no backup could be restored: " + failures);
  }

  private void takeBack() {
    if (restored != null) {
      backups.restores().undo();
      restored = null;
    }
  }
}
