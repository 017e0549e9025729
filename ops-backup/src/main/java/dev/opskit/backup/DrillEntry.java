package dev.opskit.backup;

import dev.opskit.backup.DrillEvidence.Check;
import dev.opskit.backup.DrillEvidence.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A drill that is under way, and what is to be noted at its end. Confined to one thread. */
final class DrillEntry {
  private final DrillLog log;
  private final DrillEvidence begun;
  private final long begunNanos;
  private final List<Check> checks = new ArrayList<>();
  private Optional<MarkedBackup> backup = Optional.empty();
  private Optional<Duration> predicted = Optional.empty();
  private String manifestSha256 = "";

  DrillEntry(DrillLog log, DrillEvidence begun, long begunNanos) {
    this.log = log;
    this.begun = begun;
    this.begunNanos = begunNanos;
  }

  String drill() {
    return begun.id();
  }

  String backup() {
    return begun.backup();
  }

  void of(MarkedBackup found, String manifest, Optional<Duration> prediction) {
    backup = Optional.of(found);
    manifestSha256 = manifest;
    predicted = prediction;
  }

  void done(Check check) {
    checks.add(check);
  }

  void passed(DrillReport report) {
    log.put(ended(Outcome.PASSED, report.took(), ""));
  }

  /** Never throws: the drill has failed for a reason of its own. */
  void failed(Throwable failure) {
    // Some stores write nothing on a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
      log.put(ended(Outcome.FAILED, log.since(begunNanos), why));
    } catch (BackupException unwritten) {
      failure.addSuppressed(unwritten);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private DrillEvidence ended(Outcome outcome, Duration took, String note) {
    return new DrillEvidence(
        begun.id(),
        outcome,
        begun.backup(),
        begun.begunAt(),
        begun.by(),
        took,
        predicted,
        backup.map(found -> found.backup().plainBytes()).orElse(0L),
        manifestSha256,
        backup.flatMap(MarkedBackup::verified),
        checks,
        backup.map(found -> found.backup().facts()).orElse(Map.of()),
        note);
  }
}
