package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When backups are due. A moment at which one is due is a slot; it is the same for every replica,
 * whatever its own time zone is. Immutable and thread-safe.
 */
public final class Schedule {
  private static final Duration MAX_CATCH_UP = Duration.ofDays(7);
  private static final Duration MAX_DRILL_INTERVAL = Duration.ofDays(366);

  private final SlotTimes times;
  private final Duration catchUp;
  private final Duration overdueAfter;
  private final @Nullable Duration drillEvery;

  private Schedule(
      SlotTimes times, Duration catchUp, Duration overdueAfter, @Nullable Duration drillEvery) {
    this.times = times;
    this.catchUp = catchUp;
    this.overdueAfter = overdueAfter;
    this.drillEvery = drillEvery;
  }

  private static Schedule of(SlotTimes times) {
    return new Schedule(times, Duration.ofHours(12), Duration.ofHours(2), null);
  }

  /**
   * A cron expression of five fields (minute, hour, day of month, month, day of week) by the rules
   * of POSIX crontab, with names and steps. Where the hour is given, a time that comes twice when
   * clocks are put back is one slot, the first; one that does not come when they are put forward is
   * a slot at that moment. Where the hour begins with {@code *}, slots follow the clocks as they
   * run.
   *
   * @param expression for example {@code 0 2 * * *}
   * @param zone whose clocks
   * @return the schedule
   * @throws IllegalArgumentException if it is malformed, naming the field, or names a day that
   *     never comes
   */
  public static Schedule cron(String expression, ZoneId zone) {
    return of(CronSlots.parse(expression, Objects.requireNonNull(zone, "zone")));
  }

  /**
   * Once a day.
   *
   * @param at hour and minute; what is below a minute is left out
   * @param zone whose clocks
   * @return the schedule
   */
  public static Schedule daily(LocalTime at, ZoneId zone) {
    return cron(at.getMinute() + " " + at.getHour() + " * * *", zone);
  }

  /**
   * At the multiples of a duration since 1970-01-01T00:00Z.
   *
   * @param interval whole seconds, one minute to 31 days
   * @return the schedule
   * @throws IllegalArgumentException if the interval is out of its range
   */
  public static Schedule every(Duration interval) {
    return of(EverySlots.of(interval));
  }

  /**
   * For how long after its slot a backup is still made up for, because nobody was there at the time
   * or because it failed.
   *
   * @param within one minute to seven days; default 12 hours
   * @return a new schedule
   * @throws IllegalArgumentException if it is out of its range
   */
  public Schedule catchUp(Duration within) {
    return new Schedule(times, inRange("catchUp", within, MAX_CATCH_UP), overdueAfter, drillEvery);
  }

  /**
   * How long after a slot its backup must be there and proven, or the alert {@code BackupOverdue}
   * is raised: the longest time that backup and verification take, and some grace.
   *
   * @param after one minute to seven days; default two hours
   * @return a new schedule
   * @throws IllegalArgumentException if it is out of its range
   */
  public Schedule overdueAfter(Duration after) {
    return new Schedule(times, catchUp, inRange("overdueAfter", after, MAX_CATCH_UP), drillEvery);
  }

  /**
   * How old the newest backup that was restored on trial may become before the next one is, too;
   * see {@link Restores#drill}.
   *
   * @param interval one minute to 366 days; default no drills
   * @return a new schedule
   * @throws IllegalArgumentException if it is out of its range
   */
  public Schedule drillEvery(Duration interval) {
    return new Schedule(
        times, catchUp, overdueAfter, inRange("drillEvery", interval, MAX_DRILL_INTERVAL));
  }

  /**
   * The next slot.
   *
   * @param after any moment
   * @return the first slot that is later
   */
  public Instant next(Instant after) {
    return times.next(after).orElse(Instant.MAX);
  }

  /** The slot for which a backup may be made at a moment. */
  Optional<Instant> due(Instant now) {
    return times.latest(now).filter(slot -> !slot.plus(catchUp).isBefore(now));
  }

  /** The last slot whose backup must be there at a moment. */
  Optional<Instant> expected(Instant now) {
    return times.latest(now.minus(overdueAfter));
  }

  /** Whether it is time for a drill, given when the newest drilled backup was begun. */
  boolean wantsDrill(Optional<Instant> newestDrilled, Instant now) {
    return drillEvery != null
        && newestDrilled.filter(at -> at.plus(drillEvery).isAfter(now)).isEmpty();
  }

  Duration overdueAfter() {
    return overdueAfter;
  }

  private static Duration inRange(String option, Duration value, Duration most) {
    if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, must be one minute to %s".formatted(option, value, most));
    }
    return value;
  }
}
