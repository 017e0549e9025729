package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ScheduledBackupsTest {
  private final Fixture fixture = new Fixture();
  private final Schedule schedule = Schedule.daily(LocalTime.of(2, 0), ZoneOffset.UTC);
  private final LinkedBlockingQueue<BackupEvent> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void begin() {
    fixture.strategy.with("data", Fixture.randomBytes(1_000));
    fixture.time.jumpTo(Instant.parse("2026-03-01T02:00:00Z"));
    fixture.service.onEvent(events::add);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private <T extends BackupEvent> T await(Class<T> kind) throws InterruptedException {
    while (true) {
      BackupEvent event = events.take();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  @Test
  void backupsAreTakenAndProvenByThemselves() throws Exception {
    try (ScheduledBackups scheduled = fixture.service.schedule(schedule)) {
      String id = await(BackupEvent.Completed.class).id();
      assertEquals(id, await(BackupEvent.Verified.class).id());
    }
  }

  @Test
  void closingCancelsWhatRunsAndTheNextProcessTakesIt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    fixture.strategy.duringTheDump =
        () -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (ScheduledBackups scheduled = fixture.service.schedule(schedule)) {
      running.await();
    }
    assertInstanceOf(BackupUnavailableException.class, await(BackupEvent.Failed.class).failure());
    assertTrue(fixture.service.catalog().list().isEmpty());
    fixture.strategy.duringTheDump = null;
    SlotTurn next = fixture.over(fixture.store).turn(schedule);
    assertEquals(SlotTurn.State.WAITING, next.turn());
    fixture.time.advance(Duration.ofMinutes(1));
    assertEquals(SlotTurn.State.DONE, next.turn());
    assertEquals(1, fixture.service.catalog().list().size());
  }

  @Test
  void oneProcessOfASlotTakesItAndTheOthersSeeThatItIsTaken() {
    Optional<BackupRecord> taken = fixture.service.backupIfDue(schedule);
    assertEquals(taken, fixture.service.catalog().latestRestorable());
    assertTrue(taken.isPresent());
    assertFalse(fixture.service.backupIfDue(schedule).isPresent());
    fixture.time.advance(Duration.ofHours(13));
    assertFalse(fixture.service.backupIfDue(schedule).isPresent(), "nothing is due");
    assertEquals(1, fixture.service.catalog().list().size());
  }

  @Test
  void whatFailsIsThrownWhereSomebodyWaitsForIt() {
    fixture.strategy.afterTheDump = new IllegalStateException("no server");
    assertThrows(BackupException.class, () -> fixture.service.backupIfDue(schedule));
  }

  @Test
  void optionsOutOfTheirRangeAreNamed() {
    for (Duration bad : new Duration[] {Duration.ofSeconds(59), Duration.ofDays(8)}) {
      String said =
          assertThrows(IllegalArgumentException.class, () -> schedule.catchUp(bad)).getMessage();
      assertEquals("catchUp is " + bad + ", must be one minute to PT168H", said);
      said =
          assertThrows(IllegalArgumentException.class, () -> schedule.overdueAfter(bad))
              .getMessage();
      assertEquals("overdueAfter is " + bad + ", must be one minute to PT168H", said);
    }
    assertThrows(IllegalArgumentException.class, () -> Schedule.every(Duration.ofSeconds(59)));
    assertThrows(IllegalArgumentException.class, () -> Schedule.every(Duration.ofDays(32)));
    assertThrows(IllegalArgumentException.class, () -> Schedule.every(Duration.ofMillis(60_500)));
  }

  @Test
  void slotsOfAnIntervalAreTheSameForAll() {
    Schedule every = Schedule.every(Duration.ofHours(6));
    assertEquals(
        Instant.parse("2026-03-01T06:00:00Z"), every.next(Instant.parse("2026-03-01T00:00:00Z")));
    assertEquals(
        Optional.of(Instant.parse("2026-03-01T00:00:00Z")),
        every.due(Instant.parse("2026-03-01T05:59:00Z")));
  }
}
