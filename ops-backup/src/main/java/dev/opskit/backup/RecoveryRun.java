package dev.opskit.backup;

import dev.opskit.backup.RecoveryEntry.Kind;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A recovery as one runner sees it, from its first step or from where another one stopped. */
final class RecoveryRun {
  private static final Logger logger = LoggerFactory.getLogger(RecoveryRun.class);

  private final BackupService backups;
  private final RecoverySteps steps;
  private final RecoveryPlan plan;
  private final BackupAlerts alerts;
  private final RecoveryJournal journal;
  private final TimeSource time;
  private final String runner;
  private final String run;
  private final Instant begunAt;
  private Duration predicted = Duration.ZERO;

  RecoveryRun(
      BackupService backups,
      RecoverySteps steps,
      RecoveryPlan plan,
      AlertSink alerts,
      RecoveryJournal journal,
      boolean takeOver) {
    this.backups = backups;
    this.steps = steps;
    this.plan = plan;
    this.journal = journal;
    this.time = backups.time();
    this.alerts = new BackupAlerts(plan.source(), alerts, time);
    this.runner = BackupId.next(time.now(), new SecureRandom());
    if (journal.isOpen()) {
      RecoveryEntry first = journal.entries().get(0);
      RecoveryEntry latest = journal.latest().orElseThrow();
      requireSame(first);
      if (!takeOver && latest.kind() != Kind.FAILED) {
        throw new BackupUnavailableException(
            "the recovery %s seems to be under way, its last step was %s at %s; if its process is dead, take it over"
                .formatted(first.run(), latest.step(), latest.at()));
      }
      this.run = first.run();
      this.begunAt = first.at();
      journal.entries().forEach(steps::remember);
    } else {
      this.run = runner;
      this.begunAt = time.now();
    }
  }

  private void requireSame(RecoveryEntry first) {
    if (!first.step().equals(plan.name())) {
      throw new BackupRefusedException(
          "the recovery %s by the plan %s is not over; finish it or give it up before another plan"
              .formatted(first.run(), first.step()));
    }
  }

  RecoveryReport run() {
    if (isBeingTakenBack()) {
      throw new BackupRefusedException(
          "the recovery %s is being given up; call abort until that is done, then begin anew"
              .formatted(run));
    }
    write(journal.isOpen() ? Kind.RESUMED : Kind.BEGUN, plan.name(), "");
    String current = plan.name();
    try {
      List<RecoveryStep> all = steps.all();
      for (int i = 0; i < all.size(); i++) {
        current = all.get(i).name();
        apply(all.get(i), i + 1, all.size());
      }
      RecoveryReport report = report();
      write(Kind.FINISHED, plan.name(), report.backup());
      alerts.recoveryOver();
      return report;
    } catch (Exception e) {
      throw failed(current, e);
    }
  }

  private void apply(RecoveryStep step, int number, int of) throws Exception {
    Cancellation.check();
    if (isBehind(step) && step.isDone()) {
      logger.info("recovery {}: step {} of {}, {}, was done before", run, number, of, step.name());
      return;
    }
    // Whoever is no longer the runner ends here.
    write(Kind.APPLYING, step.name(), steps.before(step));
    publish(step, number, of, BackupEvent.Recovering.Phase.BEGUN);
    if (step.name().equals(RecoveryPlan.RESTORE)) {
      predicted =
          backups
              .catalog()
              .latestRestorable()
              .flatMap(backup -> backups.restores().predictedTime(backup.id()))
              .orElse(Duration.ZERO);
    }
    if (!step.isDone()) {
      step.apply();
    }
    write(Kind.APPLIED, step.name(), steps.takeNote());
    publish(step, number, of, BackupEvent.Recovering.Phase.DONE);
  }

  /** Whether this run has come past the step. */
  private boolean isBehind(RecoveryStep step) {
    return journal.entries().stream()
        .anyMatch(entry -> entry.kind() == Kind.APPLIED && entry.step().equals(step.name()));
  }

  void abort() {
    if (!journal.isOpen()) {
      throw new BackupRefusedException("no recovery of " + plan.source() + " is open");
    }
    for (RecoveryStep step : steps.all()) {
      if (step.name().equals(RecoveryPlan.RESTORE) && hasBegun(step)) {
        // Before anything is taken back: without a way back the recovery can only go on.
        try {
          steps.findWayBack();
        } catch (Exception e) {
          throw classified(step.name(), e);
        }
      }
    }
    List<RecoveryStep> reversed = new ArrayList<>(steps.all());
    Collections.reverse(reversed);
    List<Exception> failures = new ArrayList<>();
    for (RecoveryStep step : reversed) {
      boolean opens = step.name().equals(RecoveryPlan.MAINTENANCE_ON);
      if (hasBegun(step) && !(opens && !failures.isEmpty())) {
        write(Kind.UNDOING, step.name(), steps.beforeUndoing(step));
        try {
          step.undo();
        } catch (Exception e) {
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      BackupException e =
          new BackupUnavailableException(
              "recovery %s could not be taken back, maintenance stays on; mend it and call abort again: %s"
                  .formatted(run, failures.get(0).getMessage()),
              failures.get(0));
      failures.stream().skip(1).forEach(e::addSuppressed);
      write(Kind.FAILED, plan.name(), String.valueOf(e.getMessage()));
      throw e;
    }
    write(Kind.ABORTED, plan.name(), "");
    alerts.recoveryOver();
  }

  private boolean isBeingTakenBack() {
    return journal.isOpen()
        && journal.entries().stream().anyMatch(entry -> entry.kind() == Kind.UNDOING);
  }

  private boolean hasBegun(RecoveryStep step) {
    return journal.entries().stream()
        .anyMatch(entry -> entry.kind() == Kind.APPLYING && entry.step().equals(step.name()));
  }

  private BackupException failed(String step, Exception e) {
    BackupException failure = classified(step, e);
    if (journal.isLost()) {
      return failure;
    }
    logger.error("recovery {} has stopped at step {}", run, step, e);
    boolean interrupted = Thread.interrupted();
    try {
      write(Kind.FAILED, step, String.valueOf(failure.getMessage()));
    } catch (BackupException unwritten) {
      failure.addSuppressed(unwritten);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    raise(step, failure);
    return failure;
  }

  private static BackupException classified(String step, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return e instanceof BackupException known
        ? known
        : new BackupUnavailableException("step " + step + " failed: " + e.getMessage(), e);
  }

  private RecoveryReport report() {
    String backup = Objects.requireNonNull(steps.restored(), "nothing was restored");
    Instant recoveryPoint =
        backups.catalog().find(backup).map(BackupRecord::startedAt).orElse(Instant.EPOCH);
    List<RecoveryReport.Step> done = new ArrayList<>();
    Map<String, Instant> begun = new HashMap<>();
    for (RecoveryEntry entry : journal.entries()) {
      if (entry.kind() == Kind.APPLYING) {
        begun.put(entry.step(), entry.at());
      } else if (entry.kind() == Kind.APPLIED) {
        Duration took = Duration.between(begun.get(entry.step()), entry.at());
        done.removeIf(step -> step.name().equals(entry.step()));
        done.add(new RecoveryReport.Step(entry.step(), took, entry.note()));
      }
    }
    return new RecoveryReport(
        plan.name(), run, backup, recoveryPoint, begunAt, time.now(), predicted, done);
  }

  private void write(Kind kind, String step, String note) {
    journal.append(new RecoveryEntry(run, runner, kind, step, time.now(), note));
  }

  private void publish(RecoveryStep step, int number, int of, BackupEvent.Recovering.Phase phase) {
    logger.info("recovery {}: step {} of {}, {}, {}", run, number, of, step.name(), phase);
    backups.publish(new BackupEvent.Recovering(plan.source(), run, step.name(), number, of, phase));
  }

  private void raise(String step, BackupException failure) {
    String summary =
        "Recovery %s of %s has stopped at step %s: %s. Maintenance is still on. Mend it and run the plan %s again, or give it up with abort."
            .formatted(run, plan.source(), step, failure.getMessage(), plan.name());
    alerts.recoveryStopped(summary);
  }
}
