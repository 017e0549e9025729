package dev.opskit.backup;

import dev.opskit.backup.PreflightStrategy.Purpose;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores that take the place of the live data, and drills. Part of a {@link BackupService}, see
 * {@link BackupService#restores()}; what it says about threads and exceptions holds here, too.
 *
 * <p>Every restore looks at first for all that is in the way, then reads and checks the whole
 * backup, and only then changes anything. A strategy that cannot do what is asked is refused:
 * {@link #swapIn} and {@link #undo} want a {@link SwappingStrategy}, {@link #inPlace} an {@link
 * InPlaceStrategy}, {@link #drill} a {@link ScratchStrategy}.
 */
public final class Restores {
  private static final Logger logger = LoggerFactory.getLogger(Restores.class);

  private final RestoreSteps steps;
  private final ReadableBackups backups;
  private final Operations operations;
  private final Drills drills;
  private final Duration undoWindow;
  private final TimeSource time;

  Restores(RestoreSteps steps, Duration undoWindow, TimeSource time) {
    this.steps = steps;
    this.backups = steps.backups();
    this.operations = steps.operations();
    this.drills = new Drills(steps, time);
    this.undoWindow = undoWindow;
    this.time = time;
  }

  /** The same backups, restored to another place. */
  Restores by(BackupStrategy another) {
    return new Restores(steps.by(another), undoWindow, time);
  }

  /**
   * Puts a backup into the place of the live data. It is pinned, restored beside the live data,
   * compared with what was backed up and probed; then both are swapped in one step, in which
   * everybody who is connected loses the connection; then it is probed again, and swapped back if a
   * probe fails. When this throws, the live data is what it was, unless the message says otherwise.
   * A backup that differs from what was backed up is put into quarantine.
   *
   * @param id which
   * @param probes what the service asks of the data
   * @return where the data is now that was live, for {@link #undo()}; it is kept for the undo
   *     window. Empty if there was no live data
   * @throws BackupException as {@link BackupService#restoreInto} does; also if a probe fails
   */
  public Optional<RestorePoint> swapIn(String id, RestoreProbe... probes) {
    SwappingStrategy swapping = swapping();
    return operations.perform(
        BackupEvent.Operation.RESTORE,
        id,
        () -> {
          Manifest manifest = backups.get(id);
          ProgressMeter progress = steps.meter(BackupEvent.Operation.RESTORE, manifest);
          return steps.pinned(
              manifest,
              () -> {
                BackupProblem.refuse(steps.problems(Purpose.REPLACE, manifest));
                dropExpired(swapping);
                Optional<RestorePoint> old;
                try (Scratch scratch = swapping.scratch()) {
                  steps.loadAndCompare(manifest, scratch, progress);
                  steps.check(scratch.target(), probes);
                  old = swapping.swapIn(scratch.target());
                }
                logger.info("backup {} is live, the data before is in {}", id, old);
                steps.checkLive(swapping, old, probes);
                steps.report(manifest, swapping.live(), progress);
                return old;
              });
        });
  }

  /**
   * Makes the newest restore point live again. What is live now becomes a restore point itself, so
   * that an undo can be undone.
   *
   * @return where the data is now that was live
   * @throws BackupRefusedException if there is no restore point
   * @throws BackupUnavailableException if nothing has changed and it may succeed later
   */
  public Optional<RestorePoint> undo() {
    SwappingStrategy swapping = swapping();
    return operations.perform(
        () -> {
          RestorePoint point =
              swapping.restorePoints().stream()
                  .findFirst()
                  .orElseThrow(() -> new BackupRefusedException("there is no restore point"));
          return undo(swapping, point);
        });
  }

  /** Makes one of the restore points live again, if it still is one. */
  void undo(String target) {
    SwappingStrategy swapping = swapping();
    operations.perform(
        () -> {
          for (RestorePoint point : swapping.restorePoints()) {
            if (point.target().equals(target)) {
              undo(swapping, point);
            }
          }
          return target;
        });
  }

  private static Optional<RestorePoint> undo(SwappingStrategy swapping, RestorePoint point)
      throws IOException, InterruptedException {
    Optional<RestorePoint> old = swapping.swapIn(point.target());
    logger.info("{} is live again, the data before is in {}", point.target(), old);
    return old;
  }

  /**
   * Replaces the content of the live data as one transaction, for servers that let nobody create
   * databases. Everybody who uses the data waits meanwhile, and there is no way back.
   *
   * @param id which
   * @return what was loaded
   * @throws BackupException as {@link BackupService#restoreInto} does; nothing has changed then
   */
  public RestoreReport inPlace(String id) {
    InPlaceStrategy inPlace = capable(InPlaceStrategy.class, "restore in place");
    return operations.perform(
        BackupEvent.Operation.RESTORE,
        id,
        () -> {
          Manifest manifest = backups.get(id);
          ProgressMeter progress = steps.meter(BackupEvent.Operation.RESTORE, manifest);
          return steps.pinned(
              manifest,
              () -> {
                BackupProblem.refuse(steps.problems(Purpose.IN_PLACE, manifest));
                backups.reading(
                    id,
                    () -> {
                      steps.verify(manifest, progress);
                      try (StoredBackup checked = backups.open(manifest, progress)) {
                        inPlace.restoreInPlace(checked);
                      }
                    });
                return steps.report(manifest, "the live data", progress);
              });
        });
  }

  /**
   * Restores a backup on trial, compares it with what was backed up, asks the probes, and drops it.
   * A backup that passes is marked as drilled. One that differs is put into quarantine, and the
   * alert {@code BackupDrillFailed} is raised until a drill succeeds. That the drill begins and how
   * it ends is noted in the store for {@link #evidence}.
   *
   * @param id which
   * @param probes what the service asks of the data
   * @return how long it took
   * @throws BackupException as {@link BackupService#restoreInto} does; also if something differs or
   *     a probe fails
   */
  public DrillReport drill(String id, RestoreProbe... probes) {
    ScratchStrategy scratching = capable(ScratchStrategy.class, "compare what it has restored");
    return drills.drill(scratching, id, probes);
  }

  /**
   * Creates what a backup's data needs of the server as a whole and the server lacks, as roles on a
   * new one; see the strategy for what that is. Changes and drops nothing. Does nothing if the
   * strategy is no {@link GlobalsStrategy}.
   *
   * @param id which
   * @return what was created, for people; empty if nothing was missing
   * @throws BackupException if there is no such backup, it is damaged, or something could not be
   *     created; nothing has changed then
   */
  public List<String> globals(String id) {
    if (!(backups.strategy() instanceof GlobalsStrategy strategy)) {
      return List.of();
    }
    return operations.perform(
        () -> {
          Manifest manifest = backups.get(id);
          ProgressMeter progress = steps.meter(BackupEvent.Operation.RESTORE, manifest);
          List<String> created = new ArrayList<>();
          backups.reading(
              id,
              () -> {
                try (StoredBackup stored = backups.open(manifest, progress)) {
                  created.addAll(strategy.createGlobals(stored));
                }
              });
          if (!created.isEmpty()) {
            logger.info("backup {} needs what was not there, created: {}", id, created);
          }
          return created;
        });
  }

  /**
   * How long a restore of a backup will take, by the median rate of the last five drills.
   *
   * @param id which
   * @return empty if there was no drill yet
   * @throws BackupException if there is no such backup or the store cannot be read
   */
  public Optional<Duration> predictedTime(String id) {
    return operations.perform(() -> drills.predict(backups.get(id)));
  }

  /**
   * What an auditor asks for: every drill of a time, those that failed and those of deleted backups
   * among them, and what a recovery would take and lose now. A drill is noted in the store before
   * it begins, so one whose process died is there, too.
   *
   * @param period how far to look back, positive
   * @return as the store shows it now
   * @throws IllegalArgumentException if the period is not positive
   * @throws BackupUnavailableException if the store cannot be read
   */
  public EvidenceReport evidence(Duration period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period is " + period + ", must be positive");
    }
    return operations.perform(() -> drills.evidence(period));
  }

  /**
   * Looks for everything that would stop {@link #swapIn}, without changing anything; also whether a
   * key is there that opens the backup.
   *
   * @param id which
   * @return all that is in the way, with the mend; empty if nothing is
   * @throws BackupException if there is no such backup, or it could not be found out
   */
  public List<BackupProblem> preflight(String id) {
    return operations.perform(() -> steps.preflight(backups.get(id)));
  }

  /**
   * What restores have replaced and what has not been dropped yet. None of it is a backup: it is on
   * the same server.
   *
   * @return newest first
   * @throws BackupUnavailableException if it could not be found out
   */
  public List<RestorePoint> points() {
    SwappingStrategy swapping = swapping();
    return operations.perform(swapping::restorePoints);
  }

  /**
   * Drops the restore points that are older than the undo window. {@link #swapIn} does it, too.
   *
   * @return what was dropped
   * @throws BackupUnavailableException if one could not be dropped
   */
  public List<RestorePoint> dropExpired() {
    SwappingStrategy swapping = swapping();
    return operations.perform(() -> dropExpired(swapping));
  }

  private List<RestorePoint> dropExpired(SwappingStrategy swapping)
      throws IOException, InterruptedException {
    Instant limit = time.now().minus(undoWindow);
    List<RestorePoint> dropped = new ArrayList<>();
    for (RestorePoint point : swapping.restorePoints()) {
      if (point.since().isBefore(limit)) {
        swapping.drop(point);
        dropped.add(point);
      }
    }
    return dropped;
  }

  private SwappingStrategy swapping() {
    return capable(SwappingStrategy.class, "swap restored data in");
  }

  private <T> T capable(Class<T> capability, String what) {
    if (!capability.isInstance(backups.strategy())) {
      throw new BackupRefusedException(
          "the strategy for %s cannot %s".formatted(backups.strategy().format(), what));
    }
    return capability.cast(backups.strategy());
  }
}
