package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A drill, as it was noted in the store before it began and at its end. Immutable.
 *
 * @param id which
 * @param outcome how it ended
 * @param backup what was tried; empty if that is not known
 * @param begunAt when
 * @param by which versions have made it
 * @param took how long; zero if it is not finished
 * @param predicted how long it was expected to take, by those before it
 * @param plainBytes how much data was to be loaded; 0 if that is not known
 * @param manifestSha256 what the last line of the backup's manifest says; empty if not known
 * @param verified the level at which the backup had been found sound before
 * @param checks what was done without a fault, in order
 * @param facts what the strategy noted about the backup: versions, number of rows, …
 * @param note why it failed; else empty
 */
public record DrillEvidence(
    String id,
    Outcome outcome,
    String backup,
    Instant begunAt,
    String by,
    Duration took,
    Optional<Duration> predicted,
    long plainBytes,
    String manifestSha256,
    Optional<VerificationLevel> verified,
    List<Check> checks,
    Map<String, String> facts,
    String note) {

  /** How a drill ended. */
  public enum Outcome {
    /** What came out was what had gone in. */
    PASSED,
    /** Something was in the way, differed, or was refused by a probe; the note says what. */
    FAILED,
    /** It runs yet, or its process died. */
    UNFINISHED,
    /** What was noted about it is damaged. */
    UNREADABLE
  }

  /** What a drill has come past. */
  public enum Check {
    /** Every byte was read, had its checksum, and was loaded. */
    RESTORED,
    /** The strategy found no difference between what was loaded and what was backed up. */
    COMPARED,
    /** No probe of the service objected. */
    PROBED
  }

  /** Copies the checks and facts. */
  public DrillEvidence {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(begunAt, "begunAt");
    checks = List.copyOf(checks);
    facts = Map.copyOf(facts);
  }

  static DrillEvidence begun(String id, String backup, Instant at, String by) {
    return notEnded(id, Outcome.UNFINISHED, backup, at, by, "");
  }

  static DrillEvidence unreadable(String id, String why) {
    return notEnded(id, Outcome.UNREADABLE, "", BackupId.timeOf(id), "", why);
  }

  private static DrillEvidence notEnded(
      String id, Outcome outcome, String backup, Instant at, String by, String note) {
    return new DrillEvidence(
        id,
        outcome,
        backup,
        at,
        by,
        Duration.ZERO,
        Optional.empty(),
        0,
        "",
        Optional.empty(),
        List.of(),
        Map.of(),
        note);
  }

  /**
   * When the backup was begun, as its id tells.
   *
   * @return empty if it is not known which backup it was
   */
  public Optional<Instant> takenAt() {
    return Optional.of(backup).filter(BackupId::isValid).map(BackupId::timeOf);
  }
}
