package dev.opskit.backup;

import dev.opskit.backup.PreflightStrategy.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps that restores and drills are made of. */
record RestoreSteps(
    ReadableBackups backups,
    Marks marks,
    BackupCatalog catalog,
    Operations operations,
    Consumer<BackupEvent> events) {
  private static final Logger logger = LoggerFactory.getLogger(RestoreSteps.class);
  private static final int SHOWN_DIFFERENCES = 20;

  RestoreSteps by(BackupStrategy another) {
    return new RestoreSteps(backups.by(another), marks, catalog, operations, events);
  }

  RestoreReport into(String id, String target) {
    return operations.perform(
        BackupEvent.Operation.RESTORE,
        id,
        () -> {
          Manifest manifest = backups.get(id);
          ProgressMeter progress = meter(BackupEvent.Operation.RESTORE, manifest);
          BackupProblem.refuse(problems(Purpose.COPY, manifest));
          load(manifest, target, progress);
          return report(manifest, target, progress);
        });
  }

  /** Reads everything, and loads it once all of it is as it was stored. */
  void load(Manifest manifest, String target, ProgressMeter progress)
      throws IOException, InterruptedException {
    backups.reading(
        manifest.record().id(),
        () -> {
          verify(manifest, progress);
          try (StoredBackup checked = backups.open(manifest, progress)) {
            backups.strategy().restore(checked, target);
          }
        });
  }

  void verify(Manifest manifest, ProgressMeter progress) throws IOException, InterruptedException {
    try (StoredBackup whole = backups.open(manifest, progress)) {
      whole.verifyTheRest();
    }
  }

  void loadAndCompare(Manifest manifest, Scratch scratch, ProgressMeter progress)
      throws IOException, InterruptedException {
    load(manifest, scratch.target(), progress);
    compare(manifest, scratch, progress);
  }

  void compare(Manifest manifest, Scratch scratch, ProgressMeter progress)
      throws IOException, InterruptedException {
    List<String> differences;
    try (StoredBackup stored = backups.open(manifest, progress)) {
      differences = scratch.differences(stored);
    }
    if (!differences.isEmpty()) {
      String id = manifest.record().id();
      String shown =
          "%d differences: %s"
              .formatted(
                  differences.size(),
                  String.join("; ", differences.stream().limit(SHOWN_DIFFERENCES).toList()));
      catalog.quarantine(id, shown);
      throw new BackupRefusedException(
          "backup %s is restored to something else than was backed up, %s".formatted(id, shown));
    }
  }

  void checkLive(SwappingStrategy swapping, Optional<RestorePoint> old, RestoreProbe... probes)
      throws IOException, InterruptedException {
    try {
      check(swapping.live(), probes);
    } catch (BackupRefusedException failed) {
      if (old.isEmpty()) {
        throw failed;
      }
      Optional<RestorePoint> refused = swapping.swapIn(old.get().target());
      throw new BackupRefusedException(
          failed.getMessage()
              + "; the old data is live again, what was restored is in "
              + refused.map(RestorePoint::target).orElse("none"),
          failed);
    }
  }

  void check(String target, RestoreProbe... probes) throws InterruptedException {
    for (RestoreProbe probe : probes) {
      try {
        probe.check(target);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | AssertionError e) {
        throw new BackupRefusedException(
            "a probe of the restored %s failed: %s".formatted(target, e.getMessage()), e);
      }
    }
  }

  List<BackupProblem> problems(Purpose purpose, Manifest manifest)
      throws IOException, InterruptedException {
    return Preflight.ofStrategy(backups.strategy(), purpose, manifest.record().facts());
  }

  /** All that would stop a restore that replaces the live data. */
  List<BackupProblem> preflight(Manifest manifest) throws IOException, InterruptedException {
    List<BackupProblem> problems = new ArrayList<>();
    try (StoredBackup opened =
        backups.open(manifest, meter(BackupEvent.Operation.RESTORE, manifest))) {
      // That it can be opened was the question.
    } catch (BackupKeyException | BackupCorruptException e) {
      problems.add(
          new BackupProblem(
              "backup %s cannot be opened".formatted(manifest.record().id()),
              "give the option encryption a provider of its key, or see what it says: "
                  + e.getMessage()));
    }
    problems.addAll(problems(Purpose.REPLACE, manifest));
    return List.copyOf(problems);
  }

  /** No retention deletes it meanwhile. */
  <T> T pinned(Manifest manifest, Operations.Work<T> work)
      throws IOException, InterruptedException {
    boolean pinned = pin(manifest);
    try {
      return work.run();
    } finally {
      if (pinned) {
        unpin(manifest.record().id());
      }
    }
  }

  /** False if it is pinned already, by somebody who will want it to stay so. */
  private boolean pin(Manifest manifest) {
    String id = manifest.record().id();
    if (marks.of(id).marked(manifest.record()).is(BackupMark.PINNED)) {
      return false;
    }
    catalog.pin(id, "being restored");
    return true;
  }

  private void unpin(String id) {
    try {
      catalog.unpin(id, "no longer being restored");
    } catch (BackupException e) {
      logger.warn("backup {} stays pinned, unpin it by hand", id, e);
    }
  }

  RestoreReport report(Manifest manifest, String target, ProgressMeter progress) {
    BackupRecord record = manifest.record();
    RestoreReport report =
        new RestoreReport(record.id(), target, record.plainBytes(), progress.elapsed());
    events.accept(new BackupEvent.Restored(record.source(), report));
    return report;
  }

  /** Twice the size: once to check everything, once to load it. */
  ProgressMeter meter(BackupEvent.Operation operation, Manifest manifest) {
    BackupRecord record = manifest.record();
    return operations.meter(operation, record.id(), OptionalLong.of(2 * record.plainBytes()));
  }
}
