package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A committed backup, as its manifest tells it. Immutable.
 *
 * @param id names it; ids of one source sort by the time of their start
 * @param source whose data it is, as given to {@link BackupService#builder}
 * @param kind what it was taken for
 * @param format the {@link BackupStrategy#format()} that wrote it
 * @param startedAt when the run began; nothing that happened later is promised to be in it
 * @param finishedAt when the last byte had been stored
 * @param plainBytes size of what the strategy dumped
 * @param storedBytes size of all chunks in the store
 * @param chunks number of chunks
 * @param facts what the strategy noted: versions, encoding, …
 * @param suspicion why it was suspect when it was committed; empty if it was not
 */
public record BackupRecord(
    String id,
    String source,
    Kind kind,
    String format,
    Instant startedAt,
    Instant finishedAt,
    long plainBytes,
    long storedBytes,
    int chunks,
    Map<String, String> facts,
    Optional<String> suspicion) {

  /** What a backup was taken for. */
  public enum Kind {
    /** To be restored if the data is lost. */
    REGULAR,
    /**
     * The state before somebody did something dangerous. It may be a bad one: it is never the
     * latest and lets no other backup be deleted.
     */
    RESTORE_POINT
  }

  /** Copies the facts and keeps their order. */
  public BackupRecord {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(suspicion, "suspicion");
    facts.forEach((name, value) -> Objects.requireNonNull(value, name));
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /**
   * How long the run took by the wall clock.
   *
   * @return zero or more
   */
  public Duration took() {
    Duration took = Duration.between(startedAt, finishedAt);
    return took.isNegative() ? Duration.ZERO : took;
  }
}
