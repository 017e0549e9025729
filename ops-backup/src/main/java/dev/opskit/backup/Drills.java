package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Drills, and what past ones tell. */
final class Drills {
  private final RestoreSteps steps;
  private final ReadableBackups backups;
  private final DrillLog log;
  private final TimeSource time;

  Drills(RestoreSteps steps, TimeSource time) {
    this.steps = steps;
    this.backups = steps.backups();
    this.log = new DrillLog(backups.layout(), backups.store(), time);
    this.time = time;
  }

  DrillReport drill(ScratchStrategy strategy, String id, RestoreProbe... probes) {
    return steps
        .operations()
        .perform(
            BackupEvent.Operation.DRILL,
            id,
            () -> {
              // Before anything can fail: whoever shows the drills must not lack a failed one.
              DrillEntry entry = log.begin(id);
              DrillReport report;
              try {
                report = run(entry, strategy, probes);
              } catch (Throwable t) {
                entry.failed(t);
                throw t;
              }
              entry.passed(report);
              steps.marks().add(id, MarkKind.DRILLED, "drill " + entry.drill());
              steps.events().accept(new BackupEvent.Drilled(backups.layout().source(), report));
              return report;
            });
  }

  private DrillReport run(DrillEntry entry, ScratchStrategy strategy, RestoreProbe... probes)
      throws IOException, InterruptedException {
    Manifest manifest = backups.get(entry.backup());
    ProgressMeter progress = steps.meter(BackupEvent.Operation.DRILL, manifest);
    entry.of(
        steps.marks().of(entry.backup()).marked(manifest.record()),
        Sha256.hexOf(backups.manifests().line(entry.backup())),
        predict(manifest));
    BackupProblem.refuse(steps.problems(PreflightStrategy.Purpose.COPY, manifest));
    try (Scratch scratch = strategy.scratch()) {
      steps.load(manifest, scratch.target(), progress);
      entry.done(DrillEvidence.Check.RESTORED);
      steps.compare(manifest, scratch, progress);
      entry.done(DrillEvidence.Check.COMPARED);
      steps.check(scratch.target(), probes);
      if (probes.length > 0) {
        entry.done(DrillEvidence.Check.PROBED);
      }
      return new DrillReport(entry.backup(), manifest.record().plainBytes(), progress.elapsed());
    }
  }

  Optional<Duration> predict(Manifest manifest) {
    return predict(manifest.record());
  }

  private Optional<Duration> predict(BackupRecord record) {
    return DrillTimes.of(log.newestPassed(DrillTimes.RECENT)).predict(record.plainBytes());
  }

  EvidenceReport evidence(Duration period) {
    Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
    Optional<BackupRecord> recoveryPoint = steps.catalog().latestRestorable();
    return new EvidenceReport(
        backups.layout().source(),
        now,
        now.minus(period),
        DrillLog.BY,
        recoveryPoint,
        recoveryPoint.flatMap(this::predict),
        Optional.empty(),
        log.since(now.minus(period)));
  }
}
