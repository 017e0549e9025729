package dev.opskit.backup;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an auditor asks for: every drill of a time, and what a recovery would take and lose now.
 * From {@link Restores#evidence}. Immutable.
 *
 * <p>It shows what the store shows. Whoever can delete from the store can take away drills, which a
 * store with an object lock prevents; a signature says who has vouched for it, and when.
 *
 * @param source whose backups
 * @param at when the report was made, in milliseconds
 * @param since drills that began earlier are left out
 * @param by which versions have made it
 * @param recoveryPoint the backup that a recovery would take: what was written after its start
 *     would be lost; empty if none counts
 * @param predicted how long its restore would take; empty if no drill has passed yet
 * @param objectives what was promised; empty if that was not given
 * @param drills newest first
 */
public record EvidenceReport(
    String source,
    Instant at,
    Instant since,
    String by,
    Optional<BackupRecord> recoveryPoint,
    Optional<Duration> predicted,
    Optional<Objectives> objectives,
    List<DrillEvidence> drills) {

  /**
   * What was promised.
   *
   * @param recoveryPoint how much of the latest past may be lost, positive
   * @param recoveryTime how long a restore may take, positive
   */
  public record Objectives(Duration recoveryPoint, Duration recoveryTime) {
    /** Rejects what is not positive. */
    public Objectives {
      requirePositive("recoveryPoint", recoveryPoint);
      requirePositive("recoveryTime", recoveryTime);
    }

    private static void requirePositive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " is " + value + ", must be positive");
      }
    }
  }

  /** Copies the drills. */
  public EvidenceReport {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(at, "at");
    drills = List.copyOf(drills);
  }

  /**
   * Sets what was promised against what is.
   *
   * @param recoveryPointObjective how much of the latest past may be lost, positive
   * @param recoveryTimeObjective how long a restore may take, positive
   * @return the report with it
   * @throws IllegalArgumentException if one is not positive
   */
  public EvidenceReport against(Duration recoveryPointObjective, Duration recoveryTimeObjective) {
    return new EvidenceReport(
        source,
        at,
        since,
        by,
        recoveryPoint,
        predicted,
        Optional.of(new Objectives(recoveryPointObjective, recoveryTimeObjective)),
        drills);
  }

  /**
   * How many drills ended in a way.
   *
   * @param outcome which
   * @return 0 or more
   */
  public long count(DrillEvidence.Outcome outcome) {
    return drills.stream().filter(drill -> drill.outcome() == outcome).count();
  }

  /**
   * How much would be lost if a recovery were needed now.
   *
   * @return empty if there is no backup that counts
   */
  public Optional<Duration> recoveryPointAge() {
    return recoveryPoint.map(backup -> Duration.between(backup.startedAt(), at));
  }

  /**
   * Whether the recovery point is young enough. What is not known is not kept.
   *
   * @return false also if there is no objective
   */
  public boolean keepsRecoveryPoint() {
    return keeps(recoveryPointAge(), objectives.map(Objectives::recoveryPoint));
  }

  /**
   * Whether the predicted time is short enough. What is not known is not kept.
   *
   * @return false also if there is no objective
   */
  public boolean keepsRecoveryTime() {
    return keeps(predicted, objectives.map(Objectives::recoveryTime));
  }

  private static boolean keeps(Optional<Duration> actual, Optional<Duration> objective) {
    return actual.isPresent()
        && objective.filter(limit -> actual.get().compareTo(limit) <= 0).isPresent();
  }

  /**
   * The report for programs, as docs/evidence.md describes it; what {@link #sign} signs.
   *
   * @return UTF-8, always the same bytes for equal reports
   */
  public byte[] json() {
    return EvidenceJson.of(this);
  }

  /**
   * The report for people. It is not what is signed.
   *
   * @return a page of Markdown
   */
  public String markdown() {
    return EvidenceMarkdown.of(this);
  }

  /**
   * Signs {@link #json()}; to be kept in a file of its own beside it.
   *
   * @param key of Ed25519; stays the caller's
   * @return 64 bytes, as RFC 8032 defines them
   * @throws IllegalArgumentException if the key is of another kind
   */
  public byte[] sign(PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(json());
      return signature.sign();
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException(
          "key is one of %s, must be a private key of Ed25519: %s"
              .formatted(key.getAlgorithm(), e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign: " + e.getMessage(), e);
    }
  }
}
