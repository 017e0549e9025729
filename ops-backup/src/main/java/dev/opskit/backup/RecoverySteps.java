package dev.opskit.backup;

import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The steps of a plan, those of its own among them. Confined to one thread. */
final class RecoverySteps {
  /** Nobody forgets a recovery for longer. */
  private static final Duration MAINTENANCE = Duration.ofDays(7);

  private static final Duration END = Duration.ofSeconds(10);

  private final BackupService backups;
  private final MaintenanceMode maintenance;
  private final RecoveryPlan plan;
  private final WayBack wayBack = new WayBack();
  private final List<RecoveryStep> all;
  private @Nullable Restores provided;
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

    /** One that is never done and cannot be taken back. */
    static Own again(String name, Action action) {
      return new Own(name, () -> false, action, () -> {});
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
    this.all = plan.steps(this::own);
  }

  private RecoveryStep own(String name) {
    return switch (name) {
      case RecoveryPlan.MAINTENANCE_ON ->
          new Own(name, () -> maintenance.current().isPresent(), this::close, maintenance::leave);
      // Only the runner that was told where the target is can restore there.
      case RecoveryPlan.TARGET -> Own.again(name, this::provide);
      case RecoveryPlan.GLOBALS -> Own.again(name, this::createGlobals);
      case RecoveryPlan.RESTORE_POINT ->
          new Own(name, () -> hasRestorePoint, this::saveWhatIsLive, () -> {});
      case RecoveryPlan.RESTORE ->
          new Own(name, () -> restored != null, this::restore, this::takeBack);
      case RecoveryPlan.HAND_OVER -> Own.again(name, target()::handOver);
      case RecoveryPlan.MAINTENANCE_OFF -> Own.again(name, maintenance::leave);
      default -> throw new IllegalArgumentException("no step is called " + name);
    };
  }

  List<RecoveryStep> all() {
    return all;
  }

  /** What was done before by this or another process, as the journal tells. */
  void remember(RecoveryEntry entry) {
    boolean isApplied = entry.kind() == RecoveryEntry.Kind.APPLIED;
    if (entry.step().equals(RecoveryPlan.RESTORE)) {
      wayBack.remember(entry);
      if (isApplied) {
        restored = entry.note().split("[ ,;]", 2)[0];
      }
    } else if (entry.step().equals(RecoveryPlan.RESTORE_POINT) && isApplied) {
      hasRestorePoint = true;
    }
  }

  /** What the journal has to hold before a step is applied, for whoever takes it back. */
  String before(RecoveryStep step) throws Exception {
    return step.name().equals(RecoveryPlan.RESTORE) ? wayBack.begin(restores().points()) : "";
  }

  /** To be called before the restore is taken back. Fails if there is nothing to go back to. */
  void findWayBack() throws Exception {
    if (!wayBack.isFound()) {
      wayBack.find(restores().points(), restored != null);
    }
  }

  /** What the journal has to hold before a step is taken back. */
  String beforeUndoing(RecoveryStep step) {
    return step.name().equals(RecoveryPlan.RESTORE) ? wayBack.target() : "";
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

  private RecoveryTarget target() {
    return Objects.requireNonNull(plan.target(), "the plan has no target");
  }

  private void provide() throws Exception {
    BackupStrategy strategy = target().provide();
    provided =
        backups
            .restores()
            .by(Objects.requireNonNull(strategy, "the recovery's target has given no strategy"));
  }

  private Restores restores() throws Exception {
    if (plan.target() == null) {
      return backups.restores();
    }
    if (provided == null) {
      // Who takes a recovery back has not come by the step.
      provide();
    }
    return Objects.requireNonNull(provided);
  }

  private void createGlobals() throws Exception {
    Restores restores = restores();
    newestThatWorks(
        id -> {
          List<String> created = restores.globals(id);
          return created.isEmpty() ? "nothing was missing" : "created: " + created;
        });
  }

  private void restore() throws Exception {
    Restores restores = restores();
    newestThatWorks(
        id -> {
          if (plan.isForANewServer()) {
            // An older one than the step before has read may need others.
            restores.globals(id);
          }
          String old =
              restores
                  .swapIn(id, plan.probes())
                  .map(point -> ", the data before is in " + point.target())
                  .orElse("");
          restored = id;
          return id + old;
        });
  }

  /** Notes what the work says. */
  private void newestThatWorks(UnaryOperator<String> work) {
    List<String> failures = new ArrayList<>();
    for (BackupRecord candidate : backups.catalog().restorable().toList()) {
      String id = candidate.id();
      try {
        note = work.apply(id) + (failures.isEmpty() ? "" : "; not restored: " + failures);
        return;
      } catch (BackupRefusedException e) {
        // An older one may be sound.
        failures.add(id + ": " + e.getMessage());
      }
    }
    throw new BackupRefusedException(
        failures.isEmpty() ? "no backup counts" : "no backup could be restored: " + failures);
  }

  private void takeBack() throws Exception {
    restores().undo(wayBack.target());
  }
}
