package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class CronSlotsTest {
  private static final int FROM_YEAR = Integer.getInteger("opskit.cron.from", 2025);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *,            2026-03-01T01:59:59Z, 2026-03-01T02:00:00Z",
    "0 2 * * *,            2026-03-01T02:00:00Z, 2026-03-02T02:00:00Z",
    "*/20 * * * *,         2026-03-01T02:41:00Z, 2026-03-01T03:00:00Z",
    "5-10/5 3 * * *,       2026-03-01T03:05:00Z, 2026-03-01T03:10:00Z",
    "'0 0 29 2 *',         2026-03-01T00:00:00Z, 2028-02-29T00:00:00Z",
    "'0 0 1,15 * *',       2026-03-02T00:00:00Z, 2026-03-15T00:00:00Z",
    "0 0 * * sun,          2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "0 0 * * 7,            2026-03-02T00:00:00Z, 2026-03-08T00:00:00Z",
    "0 0 * * MON-FRI,      2026-03-06T00:00:00Z, 2026-03-09T00:00:00Z",
    "0 0 13 * 5,           2026-03-01T00:00:00Z, 2026-03-06T00:00:00Z",
    "0 0 13 * 5,           2026-04-11T00:00:00Z, 2026-04-13T00:00:00Z",
    "0 0 31 1/2 *,         2026-03-31T00:00:00Z, 2026-05-31T00:00:00Z",
    "0 0 1 DEC *,          2026-03-31T00:00:00Z, 2026-12-01T00:00:00Z"
  })
  void nextAndLatestAreEachOthersReverse(String cron, Instant after, Instant expected) {
    CronSlots slots = CronSlots.parse(cron, ZoneOffset.UTC);
    assertEquals(expected, slots.next(after).orElseThrow());
    assertEquals(expected, slots.latest(expected).orElseThrow());
    assertEquals(expected, slots.latest(expected.plusSeconds(59)).orElseThrow());
    assertTrue(slots.latest(expected.minusNanos(1)).orElseThrow().compareTo(after) <= 0);
  }

  @Test
  void aTimeThatComesTwiceIsOneSlotAndOneThatDoesNotComeIsWhenClocksAreMoved() {
    CronSlots slots = CronSlots.parse("30 2 * * *", BERLIN);
    assertEquals(
        Instant.parse("2026-03-29T01:00:00Z"),
        slots.next(Instant.parse("2026-03-28T12:00:00Z")).orElseThrow());
    assertEquals(
        Instant.parse("2026-10-25T00:30:00Z"),
        slots.next(Instant.parse("2026-10-24T12:00:00Z")).orElseThrow());
    assertEquals(
        Instant.parse("2026-10-26T01:30:00Z"),
        slots.next(Instant.parse("2026-10-25T00:30:00Z")).orElseThrow());
  }

  @Test
  void whereADayBeginsTwiceBothAreFound() {
    CronSlots slots = CronSlots.parse("0 * * * *", ZoneId.of("America/Goose_Bay"));
    assertEquals(
        Instant.parse("2010-11-07T03:00:00Z"),
        slots.next(Instant.parse("2010-11-07T02:30:00Z")).orElseThrow());
    assertEquals(
        Instant.parse("2010-11-07T04:00:00Z"),
        slots.next(Instant.parse("2010-11-07T03:00:00Z")).orElseThrow());
  }

  @Test
  void withAStarForTheHourTheLongDayHas25() {
    CronSlots slots = CronSlots.parse("0 * * * *", BERLIN);
    Instant at = Instant.parse("2026-10-24T21:59:00Z");
    for (int i = 0; i < 25; i++) {
      at = slots.next(at).orElseThrow();
      assertEquals(Instant.parse("2026-10-24T22:00:00Z").plus(i, ChronoUnit.HOURS), at);
    }
    assertEquals(LocalDate.of(2026, 10, 25), at.atZone(BERLIN).toLocalDate());
  }

  /** The definition, acted out minute by minute around each transition of each zone. */
  @Test
  void eachTransitionOfEachZoneIsAsDefined() {
    Set<ZoneRules> rules = new HashSet<>();
    int transitions = 0;
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      if (rules.add(zone.getRules())) {
        for (Instant moved : transitions(zone.getRules())) {
          transitions++;
          for (LocalTime time : List.of(LocalTime.of(2, 0), LocalTime.of(0, 30))) {
            String cron = time.getMinute() + " " + time.getHour() + " * * *";
            assertEquals(
                acted(zone, moved, time), walked(CronSlots.parse(cron, zone), moved), id + moved);
          }
          assertEquals(
              starred(zone, moved),
              walked(CronSlots.parse("0,30 * * * *", zone), moved),
              id + moved);
        }
      }
    }
    assertTrue(transitions > 400, transitions + " transitions");
  }

  private static List<Instant> transitions(ZoneRules rules) {
    List<Instant> found = new ArrayList<>();
    Instant from = Instant.parse(FROM_YEAR + "-01-01T00:00:00Z");
    for (ZoneOffsetTransition t = rules.nextTransition(from);
        t != null && t.getInstant().isBefore(Instant.parse("2028-01-01T00:00:00Z"));
        t = rules.nextTransition(t.getInstant())) {
      found.add(t.getInstant());
    }
    return found;
  }

  private static final Duration AROUND = Duration.ofHours(8);

  private static NavigableSet<Instant> walked(CronSlots slots, Instant moved) {
    NavigableSet<Instant> all = new TreeSet<>();
    Instant at = moved.minus(AROUND);
    while (true) {
      at = slots.next(at).orElseThrow();
      if (at.isAfter(moved.plus(AROUND))) {
        return all;
      }
      all.add(at);
    }
  }

  private static NavigableSet<Instant> acted(ZoneId zone, Instant moved, LocalTime time) {
    NavigableSet<Instant> all = new TreeSet<>();
    LocalDate day = moved.minus(AROUND).atZone(zone).toLocalDate().minusDays(1);
    Instant minute = day.atStartOfDay(ZoneOffset.UTC).toInstant().minus(1, ChronoUnit.DAYS);
    LocalDateTime wanted = day.atTime(time);
    for (; !minute.isAfter(moved.plus(AROUND)); minute = minute.plus(30, ChronoUnit.MINUTES)) {
      while (!LocalDateTime.ofInstant(minute, zone).isBefore(wanted)) {
        all.add(firstShowing(zone, minute.minus(30, ChronoUnit.MINUTES), wanted));
        wanted = wanted.plusDays(1);
      }
    }
    return all.subSet(moved.minus(AROUND), false, moved.plus(AROUND), true);
  }

  private static Instant firstShowing(ZoneId zone, Instant after, LocalDateTime wanted) {
    Instant minute = after.plus(1, ChronoUnit.MINUTES);
    while (LocalDateTime.ofInstant(minute, zone).isBefore(wanted)) {
      minute = minute.plus(1, ChronoUnit.MINUTES);
    }
    return minute;
  }

  private static NavigableSet<Instant> starred(ZoneId zone, Instant moved) {
    NavigableSet<Instant> all = new TreeSet<>();
    Instant minute = moved.minus(AROUND).truncatedTo(ChronoUnit.MINUTES).plusSeconds(60);
    for (; !minute.isAfter(moved.plus(AROUND)); minute = minute.plusSeconds(60)) {
      if (LocalDateTime.ofInstant(minute, zone).getMinute() % 30 == 0) {
        all.add(minute);
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 2 * *",
        "0 2 * * * *",
        "60 2 * * *",
        "0 24 * * *",
        "0 2 0 * *",
        "0 2 * 13 *",
        "0 2 * * 8",
        "5-1 2 * * *",
        "*/0 2 * * *",
        "1//2 2 * * *",
        "1-2-3 2 * * *",
        "a 2 * * *",
        "0 2 * * MUN",
        ", 2 * * *",
        "0 2 31 2 *",
        "0 2 30 FEB *",
        "-1 2 * * *",
        "0 2 * * @"
      })
  void whatIsNoCronIsRefusedByName(String cron) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CronSlots.parse(cron, ZoneOffset.UTC));
    assertTrue(refused.getMessage().contains("'" + cron + "'"), refused.getMessage());
  }
}
