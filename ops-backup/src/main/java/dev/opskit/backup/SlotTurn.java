package dev.opskit.backup;

import dev.opskit.backup.SlotRuns.Attempt;
import dev.opskit.backup.SlotRuns.Fate;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one replica does about the slot that is due, whenever it is its turn to look. Confined to
 * one thread.
 */
final class SlotTurn {
  /** Five signs of life were missed. Taken by the own clock, so no other clock matters. */
  static final Duration TAKE_OVER = Pulse.INTERVAL.multipliedBy(5);

  private static final Duration SLOTS_KEPT = Duration.ofDays(30);
  private static final int MAX_DOUBLINGS = 5;

  /** How the slot stands after a turn. */
  enum State {
    /** No slot is due. */
    NOTHING_DUE,
    /** The slot has its backup, made here or elsewhere. */
    DONE,
    /** Somebody else makes it, or the next attempt has to wait. */
    WAITING
  }

  private record Seen(Instant slot, Attempt attempt, Fate fate) {}

  private final BackupService service;
  private final Schedule schedule;
  private final SlotRuns runs;
  private final boolean retains;
  private final Overdue overdue;
  private final TimeSource time;
  private @Nullable Instant done;
  private @Nullable Seen seen;
  private long seenNanos;
  private @Nullable BackupRecord unproven;
  private @Nullable BackupRecord made;

  SlotTurn(
      BackupService service,
      Schedule schedule,
      SlotRuns runs,
      boolean retains,
      BackupAlerts alerts) {
    this.service = service;
    this.schedule = schedule;
    this.runs = runs;
    this.retains = retains;
    this.time = service.time();
    this.overdue = new Overdue(service, schedule, alerts);
  }

  /** What {@link #turn} has made, whether it was proven or not. */
  Optional<BackupRecord> made() {
    return Optional.ofNullable(made);
  }

  /**
   * Makes the backup if it is for this replica to make.
   *
   * @throws BackupException if it failed, or the store cannot be read
   */
  State turn() {
    Instant slot = schedule.due(time.now()).orElse(null);
    if (slot == null) {
      return State.NOTHING_DUE;
    }
    if (slot.equals(done)) {
      return State.DONE;
    }
    Attempt last = runs.last(slot).orElse(null);
    if (last == null) {
      return attempt(slot, 1);
    }
    switch (runs.fate(last.id())) {
      case COMMITTED:
        return done(slot);
      case GIVEN_UP:
        return hasStood(new Seen(slot, last, Fate.GIVEN_UP), pause(last.number()))
            ? attempt(slot, last.number() + 1)
            : State.WAITING;
      default:
        if (!hasStood(new Seen(slot, last, Fate.OPEN), TAKE_OVER)) {
          return State.WAITING;
        }
        return runs.giveUp(last.id()) ? attempt(slot, last.number() + 1) : done(slot);
    }
  }

  /** After a failure, so that what is broken is not asked again and again. */
  private static Duration pause(int attempts) {
    return Duration.ofMinutes(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
  }

  private boolean hasStood(Seen now, Duration duration) {
    if (!now.equals(seen)) {
      seen = now;
      seenNanos = time.nanoTime();
    }
    return time.nanoTime() - seenNanos >= duration.toNanos();
  }

  private State done(Instant slot) {
    done = slot;
    return State.DONE;
  }

  private State attempt(Instant slot, int number) {
    Claim claim = new Claim(slot, number);
    try {
      BackupRecord record = service.backupIf(claim::test).orElse(null);
      if (record == null) {
        return State.WAITING;
      }
      made = record;
      unproven = record;
    } catch (BackupException e) {
      claim.giveUp(e);
      throw e;
    } finally {
      claim.close();
    }
    done(slot);
    prove();
    return State.DONE;
  }

  /** Proves what was made, if that is still to be done, and looks after the store. */
  void prove() {
    BackupRecord record = unproven;
    if (record == null) {
      return;
    }
    service.verify(record.id());
    unproven = null;
    if (retains) {
      service.retain();
    }
    service.collectOrphans();
    runs.forget(time.now().minus(SLOTS_KEPT));
    if (schedule.wantsDrill(newestDrilled(), time.now())) {
      service.restores().drill(record.id());
    }
  }

  private Optional<Instant> newestDrilled() {
    return service.catalog().marked().stream()
        .filter(backup -> backup.is(BackupMark.DRILLED))
        .findFirst()
        .map(backup -> backup.backup().startedAt());
  }

  /** Raises or resolves the alert for a backup that should be there. */
  void watch() {
    overdue.check();
  }

  /** The right to make the backup of the slot, and the signs of life of who has it. */
  private final class Claim {
    private final Instant slot;
    private final int number;
    private @Nullable String id;
    private @Nullable Pulse pulse;

    Claim(Instant slot, int number) {
      this.slot = slot;
      this.number = number;
    }

    boolean test(String run) {
      id = run;
      boolean isMine = runs.claim(slot, number, run);
      if (isMine) {
        pulse = Pulse.start(beat -> runs.beat(slot, number, beat, run));
      } else {
        id = null;
      }
      return isMine;
    }

    /** At once, so that nobody has to wait until the run is taken for dead. */
    void giveUp(BackupException failure) {
      String run = id;
      boolean interrupted = Thread.interrupted();
      try {
        if (run != null) {
          runs.giveUp(run);
        }
      } catch (BackupException e) {
        failure.addSuppressed(e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    void close() {
      if (pulse != null) {
        pulse.close();
      }
    }
  }
}
