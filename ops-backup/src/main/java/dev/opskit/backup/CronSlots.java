package dev.opskit.backup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A cron expression of five fields in a time zone, by the rules of POSIX crontab: if day of month
 * and day of week are both given, either is enough.
 *
 * <p>Where the hour is given, a slot is the first moment at which the clocks show its time or a
 * later one: once if the time comes twice, and when the clocks have been put forward if it does not
 * come at all. Where the hour begins with a star, the slots follow the clocks as they run, so that
 * no hour of a long day is left out.
 */
record CronSlots(
    CronField minute,
    CronField hour,
    CronField dayOfMonth,
    CronField month,
    CronField dayOfWeek,
    ZoneId zone)
    implements SlotTimes {

  /** The 29th of February on a given day of the week comes after 40 years at the latest. */
  private static final int MAX_DAYS = 41 * 366;

  static CronSlots parse(String expression, ZoneId zone) {
    String[] fields = expression.trim().split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "cron '%s' has %d fields, must have five: minute, hour, day of month, month, day of week"
              .formatted(expression, fields.length));
    }
    CronField.Kind[] kinds = CronField.Kind.values();
    CronSlots slots;
    try {
      slots =
          new CronSlots(
              CronField.parse(kinds[0], fields[0]),
              CronField.parse(kinds[1], fields[1]),
              CronField.parse(kinds[2], fields[2]),
              CronField.parse(kinds[3], fields[3]),
              CronField.parse(kinds[4], fields[4]),
              zone);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cron '" + expression + "': " + e.getMessage(), e);
    }
    if (slots.next(Instant.parse("2000-01-01T00:00:00Z")).isEmpty()) {
      throw new IllegalArgumentException("cron '" + expression + "' names a day that never comes");
    }
    return slots;
  }

  @Override
  public Optional<Instant> next(Instant after) {
    LocalDate first = date(after);
    for (int i = 0; i < MAX_DAYS; i++) {
      Instant slot = around(first.plusDays(i)).higher(after);
      if (slot != null) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Instant> latest(Instant at) {
    LocalDate last = date(at);
    for (int i = 0; i < MAX_DAYS; i++) {
      Instant slot = around(last.minusDays(i)).floor(at);
      if (slot != null) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  private LocalDate date(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }

  /** Where clocks are put back over midnight, a day begins before the one before it has ended. */
  private NavigableSet<Instant> around(LocalDate date) {
    NavigableSet<Instant> slots = new TreeSet<>();
    for (int i = -1; i <= 1; i++) {
      addDay(date.plusDays(i), slots);
    }
    return slots;
  }

  private void addDay(LocalDate date, NavigableSet<Instant> slots) {
    if (!matches(date)) {
      return;
    }
    for (int h = 0; h < 24; h++) {
      for (int m = 0; hour.has(h) && m < 60; m++) {
        if (minute.has(m)) {
          add(date.atTime(LocalTime.of(h, m)), slots);
        }
      }
    }
  }

  private boolean matches(LocalDate date) {
    boolean ofMonth = dayOfMonth.has(date.getDayOfMonth());
    boolean ofWeek = dayOfWeek.has(date.getDayOfWeek().getValue() % 7);
    boolean isDay =
        dayOfMonth.isStar() || dayOfWeek.isStar() ? ofMonth && ofWeek : ofMonth || ofWeek;
    return isDay && month.has(date.getMonthValue());
  }

  private void add(LocalDateTime local, NavigableSet<Instant> slots) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (hour.isStar()) {
      offsets.forEach(offset -> slots.add(local.toInstant(offset)));
    } else if (offsets.isEmpty()) {
      slots.add(rules.getTransition(local).getInstant());
    } else {
      slots.add(local.toInstant(offsets.get(0)));
    }
  }
}
