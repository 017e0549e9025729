package dev.opskit.backup;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What happens in a {@link BackupService}. Immutable; more kinds may be added. */
public sealed interface BackupEvent {

  /**
   * Whose data it is about.
   *
   * @return the source given to {@link BackupService#builder}
   */
  String source();

  /**
   * Which backup it is about.
   *
   * @return the id
   */
  String id();

  /** What a {@link BackupService} is doing. */
  enum Operation {
    /** Dump and store. */
    BACKUP,
    /** Read everything that was stored and have the strategy parse it. */
    VERIFY,
    /** Verify, then load into a new target, which may take the place of the live data then. */
    RESTORE,
    /** Verify, load into a target for a while, compare, and drop it. */
    DRILL
  }

  /**
   * Work began.
   *
   * @param source whose data
   * @param id the backup
   * @param operation what began
   */
  record Started(String source, String id, Operation operation) implements BackupEvent {}

  /**
   * A chunk was stored or read.
   *
   * @param source whose data
   * @param id the backup
   * @param operation what is going on
   * @param plainBytes how much of the data is done
   * @param storedBytes what that is in the store
   * @param totalPlainBytes how much there is to do; empty for a backup, where nobody knows
   * @param elapsed since the operation began
   */
  record Progress(
      String source,
      String id,
      Operation operation,
      long plainBytes,
      long storedBytes,
      OptionalLong totalPlainBytes,
      Duration elapsed)
      implements BackupEvent {
    /** Rejects null. */
    public Progress {
      Objects.requireNonNull(totalPlainBytes, "totalPlainBytes");
    }

    /**
     * The mean rate since the operation began.
     *
     * @return plain bytes per second; 0 while no time has passed
     */
    public double bytesPerSecond() {
      return elapsed.isZero() ? 0 : plainBytes * 1e9 / elapsed.toNanos();
    }

    /**
     * How much longer the data takes at that rate; what the strategy does when it has all of it is
     * not in it.
     *
     * @return zero or more; empty for a backup, and before a hundredth is done, when nobody can
     *     tell
     */
    public Optional<Duration> remaining() {
      if (totalPlainBytes.isEmpty()
          || bytesPerSecond() == 0
          || plainBytes < totalPlainBytes.getAsLong() / 100) {
        return Optional.empty();
      }
      double seconds = (totalPlainBytes.getAsLong() - plainBytes) / bytesPerSecond();
      return Optional.of(Duration.ofMillis((long) (1e3 * Math.max(0, seconds))));
    }
  }

  /**
   * A backup is committed.
   *
   * @param record what the catalog shows from now on
   */
  record Completed(BackupRecord record) implements BackupEvent {
    @Override
    public String source() {
      return record.source();
    }

    @Override
    public String id() {
      return record.id();
    }
  }

  /**
   * A backup was found sound at the level of the report.
   *
   * @param source whose data
   * @param report what was looked at
   */
  record Verified(String source, VerificationReport report) implements BackupEvent {
    @Override
    public String id() {
      return report.id();
    }
  }

  /**
   * A backup was loaded.
   *
   * @param source whose data
   * @param report where to
   */
  record Restored(String source, RestoreReport report) implements BackupEvent {
    @Override
    public String id() {
      return report.id();
    }
  }

  /**
   * A backup was restored on trial, and what came out was what had gone in.
   *
   * @param source whose data
   * @param report how long it took
   */
  record Drilled(String source, DrillReport report) implements BackupEvent {
    @Override
    public String id() {
      return report.id();
    }
  }

  /**
   * Retention has deleted a backup.
   *
   * @param record what it was
   * @param why no rule kept it
   */
  record Deleted(BackupRecord record, String why) implements BackupEvent {
    @Override
    public String source() {
      return record.source();
    }

    @Override
    public String id() {
      return record.id();
    }
  }

  /**
   * What a run that never came to a backup had left, or a deletion that was cut short, was deleted.
   *
   * @param source whose data
   * @param id the run
   * @param blobs how many blobs
   * @param bytes how large they were together
   */
  record Collected(String source, String id, int blobs, long bytes) implements BackupEvent {}

  /**
   * A step of a recovery began or was done.
   *
   * @param source whose data
   * @param id the recovery
   * @param step its name in the plan
   * @param number which one it is, from 1
   * @param of how many there are
   * @param phase whether it began or was done
   */
  record Recovering(String source, String id, String step, int number, int of, Phase phase)
      implements BackupEvent {
    /** How far a step is. */
    public enum Phase {
      /** It begins. */
      BEGUN,
      /** It was done. */
      DONE
    }
  }

  /**
   * Work ended without success.
   *
   * @param source whose data
   * @param id the backup
   * @param operation what failed
   * @param failure why; what the caller got, too
   */
  record Failed(String source, String id, Operation operation, Throwable failure)
      implements BackupEvent {}
}
