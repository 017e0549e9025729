package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.SlotTurn.State;
import dev.opskit.core.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotTurnTest {
  private static final Alert.Key OVERDUE =
      new Alert.Key("BackupOverdue", Map.of("source", "orders"));

  private final Fixture fixture = new Fixture();
  private final Schedule schedule =
      Schedule.cron("0 2 * * *", ZoneOffset.UTC)
          .catchUp(Duration.ofHours(12))
          .overdueAfter(Duration.ofHours(1));

  SlotTurnTest() {
    fixture.strategy.with("data", Fixture.randomBytes(1_000));
    fixture.time.jumpTo(Instant.parse("2026-03-01T01:00:00Z"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private int backups() {
    return fixture.service.catalog().list().size();
  }

  private SlotTurn replica() {
    return fixture.over(fixture.store).turn(schedule);
  }

  @Test
  void aSlotHasOneBackupWhichIsProven() {
    SlotTurn one = replica();
    SlotTurn other = replica();
    fixture.time.advance(Duration.ofMinutes(60));
    assertEquals(State.DONE, one.turn());
    assertEquals(State.DONE, other.turn());
    assertEquals(State.DONE, one.turn());
    assertEquals(1, backups());
    assertTrue(fixture.service.catalog().latestRestorable().isPresent());
    fixture.time.advance(Duration.ofDays(1));
    assertEquals(State.DONE, other.turn());
    assertEquals(State.DONE, one.turn());
    assertEquals(2, backups());
  }

  @Test
  void whatNobodyWasThereForIsMadeUpForAndNotLater() {
    SlotTurn one = replica();
    assertEquals(State.NOTHING_DUE, one.turn(), "yesterday's, 23 hours ago");
    assertEquals(0, backups());
    fixture.time.advance(Duration.ofHours(13));
    assertEquals(State.DONE, one.turn());
    assertEquals(1, backups());
  }

  @Test
  void aFailureIsTriedAgainByWhoeverComesFirstAfterAPause() {
    SlotTurn one = replica();
    SlotTurn other = replica();
    fixture.time.advance(Duration.ofHours(1));
    fixture.strategy.afterTheDump = new IllegalStateException("no server");
    assertThrows(BackupException.class, one::turn);
    assertEquals(State.WAITING, other.turn());
    fixture.time.advance(Duration.ofSeconds(61));
    assertThrows(BackupException.class, other::turn);
    assertEquals(State.WAITING, one.turn());
    fixture.time.advance(Duration.ofSeconds(61));
    assertEquals(State.WAITING, one.turn(), "two minutes after the second failure");
    fixture.time.advance(Duration.ofSeconds(61));
    fixture.strategy.afterTheDump = null;
    assertEquals(State.DONE, one.turn());
    assertEquals(1, backups());
  }

  @Test
  void whoGivesNoSignOfLifeIsReplacedAndCanNoLongerCommit() {
    SlotTurn slow = replica();
    SlotTurn other = replica();
    fixture.time.advance(Duration.ofHours(1));
    fixture.strategy.duringTheDump =
        () -> {
          fixture.strategy.duringTheDump = null;
          assertEquals(State.WAITING, other.turn());
          fixture.time.advance(SlotTurn.TAKE_OVER.minusSeconds(1));
          assertEquals(State.WAITING, other.turn());
          fixture.time.advance(Duration.ofSeconds(1));
          assertEquals(State.DONE, other.turn());
        };
    BackupException late = assertThrows(BackupException.class, slow::turn);
    assertTrue(late.getMessage().contains("tombstone"), late.getMessage());
    assertEquals(1, backups());
    assertEquals(State.DONE, slow.turn());
    assertEquals(1, backups());
  }

  @Test
  void aSignOfLifeKeepsTheOthersWaiting() {
    SlotTurn other = replica();
    fixture.time.advance(Duration.ofHours(1));
    Instant slot = Instant.parse("2026-03-01T02:00:00Z");
    String id = BackupId.next(fixture.time.now(), new java.security.SecureRandom());
    Layout layout = new Layout("orders");
    SlotRuns runs = new SlotRuns(layout, fixture.store, new Manifests(layout, fixture.store));
    assertTrue(runs.claim(slot, 1, id));
    for (int beat = 1; beat < 20; beat++) {
      assertEquals(State.WAITING, other.turn());
      fixture.time.advance(Duration.ofMinutes(4));
      runs.beat(slot, 1, beat, id);
    }
    assertEquals(0, backups());
    assertEquals(State.WAITING, other.turn());
    fixture.time.advance(SlotTurn.TAKE_OVER);
    assertEquals(State.DONE, other.turn());
  }

  @Test
  void oneThatCouldNotBeProvenIsProvenLater() {
    SlotTurn one = replica();
    fixture.time.advance(Duration.ofHours(1));
    fixture.strategy.doesNotUnderstand = true;
    assertThrows(BackupException.class, one::turn);
    assertEquals(1, backups());
    assertTrue(fixture.service.catalog().latestRestorable().isEmpty());
    assertEquals(State.DONE, one.turn());
    fixture.strategy.doesNotUnderstand = false;
    one.prove();
    assertTrue(fixture.service.catalog().latestRestorable().isPresent());
    assertEquals(1, backups());
  }

  @Test
  void aBackupThatIsMissingIsAnAlertUntilItIsThere() {
    SlotTurn one = replica();
    one.watch();
    assertTrue(fixture.alerts.active.isEmpty(), "it has only just begun to look");
    fixture.time.advance(Duration.ofHours(3));
    one.watch();
    Alert alert = fixture.alerts.active.get(OVERDUE);
    assertEquals(
        "The backup of orders is overdue: none is proven, one was due at 2026-03-01T02:00:00Z",
        alert.summary());
    one.turn();
    one.watch();
    assertTrue(!fixture.alerts.active.containsKey(OVERDUE));
    fixture.time.advance(Duration.ofHours(24));
    one.watch();
    assertTrue(fixture.alerts.active.get(OVERDUE).summary().contains("2026-03-01T04:00:00Z"));
  }

  @Test
  void drillsComeWithTheFirstBackupAndThenOnceInTheirInterval() {
    SwappingBytes strategy = new SwappingBytes(fixture.time);
    strategy.bytes.with("data", Fixture.randomBytes(100));
    BackupService service =
        BackupService.builder("orders")
            .strategy(strategy)
            .store(fixture.store)
            .time(fixture.time)
            .build();
    SlotTurn one = service.turn(schedule.drillEvery(Duration.ofDays(7)));
    fixture.time.advance(Duration.ofHours(1));
    for (int day = 0; day < 15; day++) {
      assertEquals(State.DONE, one.turn());
      fixture.time.advance(Duration.ofDays(1));
    }
    assertEquals(
        List.of("2026-03-15T02:00:00Z", "2026-03-08T02:00:00Z", "2026-03-01T02:00:00Z"),
        service.catalog().marked().stream()
            .filter(backup -> backup.is(BackupMark.DRILLED))
            .map(backup -> backup.backup().startedAt().toString())
            .toList());
  }

  @Test
  void whatIsNotedOfOldSlotsIsDeleted() {
    SlotTurn one = replica();
    fixture.time.advance(Duration.ofHours(1));
    for (int day = 0; day < 40; day++) {
      assertEquals(State.DONE, one.turn());
      fixture.time.advance(Duration.ofDays(1));
    }
    long slots =
        fixture.store.blobs.keySet().stream().filter(k -> k.value().contains("/slots/")).count();
    assertEquals(31, slots);
    assertEquals(40, backups());
  }
}
