package dev.opskit.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelsTest {
  private static final String NAME = "com.example.Shop";

  private final LoggerContext context = new LoggerContext();
  private final Logger shop = context.getLogger(NAME);
  private final ManualScheduler scheduler = new ManualScheduler();
  private final LogLevels levels =
      LogLevels.builder().context(context).executor(scheduler).time(scheduler.time).build();

  @AfterEach
  void close() {
    levels.close();
    scheduler.shutdownNow();
  }

  @Test
  void aChangeEndsByItself() {
    LevelChange change = levels.set(NAME, "trace", Duration.ofMinutes(5));
    Instant until = Instant.parse("2026-01-01T00:05:00Z");
    assertEquals(new LevelChange(NAME, "TRACE", null, until), change);
    assertEquals(List.of(change), levels.changes());
    scheduler.advance(Duration.ofMinutes(5).minusNanos(1));
    assertEquals(Level.TRACE, shop.getLevel());
    scheduler.advance(Duration.ofNanos(1));
    assertNull(shop.getLevel(), "it had no level of its own");
    assertEquals(List.of(), levels.changes());
    assertEquals(0, scheduler.waiting());
  }

  @Test
  void aChangeLastsAQuarterOfAnHourUnlessSaidOtherwise() {
    levels.set(NAME, "DEBUG");
    scheduler.advance(Duration.ofMinutes(15).minusNanos(1));
    assertEquals(Level.DEBUG, shop.getLevel());
    scheduler.advance(Duration.ofNanos(1));
    assertNull(shop.getLevel());
  }

  @Test
  void ofTwoChangesTheFirstOriginalAndTheLastEndHold() {
    shop.setLevel(Level.WARN);
    levels.set(NAME, "DEBUG", Duration.ofMinutes(1));
    scheduler.advance(Duration.ofSeconds(30));
    assertEquals("WARN", levels.set(NAME, "TRACE", Duration.ofMinutes(1)).original());
    scheduler.advance(Duration.ofSeconds(59));
    assertEquals(Level.TRACE, shop.getLevel());
    scheduler.advance(Duration.ofSeconds(1));
    assertEquals(Level.WARN, shop.getLevel());
  }

  @Test
  void severalLoggersEachComeBackInTheirOwnTime() {
    levels.set("ROOT", "ERROR", Duration.ofHours(24));
    levels.set(NAME, "TRACE", Duration.ofSeconds(1));
    assertEquals(1, scheduler.waiting());
    scheduler.advance(Duration.ofSeconds(1));
    assertNull(shop.getLevel());
    assertEquals(List.of("ROOT"), levels.changes().stream().map(LevelChange::logger).toList());
    scheduler.advance(Duration.ofHours(24));
    assertEquals(Level.DEBUG, context.getLogger("ROOT").getLevel());
  }

  @Test
  void whatSomebodyElseHasSetInTheMeantimeStays() {
    levels.set(NAME, "TRACE", Duration.ofMinutes(1));
    shop.setLevel(Level.ERROR);
    assertEquals(List.of(), levels.changes());
    scheduler.advance(Duration.ofMinutes(1));
    assertEquals(Level.ERROR, shop.getLevel());
  }

  @Test
  void aLevelThatSomebodyElseHasSetIsTheOriginalOfTheNextChange() {
    levels.set(NAME, "TRACE", Duration.ofMinutes(1));
    shop.setLevel(Level.ERROR);
    levels.set(NAME, "DEBUG", Duration.ofMinutes(1));
    scheduler.advance(Duration.ofMinutes(1));
    assertEquals(Level.ERROR, shop.getLevel());
  }

  @Test
  void itIsGivenBackAtOnceWhenAskedFor() {
    levels.set("com.example", "TRACE");
    assertTrue(levels.giveBack("com.example"));
    assertNull(context.getLogger("com.example").getLevel());
    assertFalse(levels.giveBack("com.example"), "not changed any more");
    assertFalse(levels.giveBack("nobody"));
    assertEquals(0, scheduler.waiting(), "nothing waits for a way back that is done");
  }

  @Test
  void closingGivesEverythingBack() {
    levels.set("ROOT", "ERROR");
    levels.set(NAME, "TRACE");
    levels.close();
    assertEquals(Level.DEBUG, context.getLogger("ROOT").getLevel());
    assertNull(shop.getLevel());
    assertThrows(IllegalStateException.class, () -> levels.set(NAME, "TRACE"));
    assertNull(shop.getLevel());
  }

  @Test
  void withoutAWayBackNothingIsChanged() {
    levels.set(NAME, "DEBUG", Duration.ofMinutes(1));
    scheduler.refuses = true;
    assertThrows(IllegalStateException.class, () -> levels.set(NAME, "TRACE"));
    assertThrows(IllegalStateException.class, () -> levels.set("ROOT", "TRACE"));
    assertEquals(Level.DEBUG, shop.getLevel());
    assertEquals(List.of(NAME), levels.changes().stream().map(LevelChange::logger).toList());
    scheduler.advance(Duration.ofMinutes(1));
    assertNull(shop.getLevel(), "the way back of before stands");
  }

  @Test
  void anExecutorThatHasEndedGivesTheRestBackEarly() {
    levels.set(NAME, "DEBUG", Duration.ofMinutes(1));
    levels.set("ROOT", "ERROR", Duration.ofHours(1));
    scheduler.refuses = true;
    scheduler.advance(Duration.ofMinutes(1));
    assertEquals(Level.DEBUG, context.getLogger("ROOT").getLevel());
    assertEquals(List.of(), levels.changes());
  }

  @Test
  void anExecutorWhoseClockIsAheadIsAskedAgain() {
    levels.set(NAME, "DEBUG", Duration.ofMinutes(1));
    scheduler.runAll();
    assertEquals(Level.DEBUG, shop.getLevel());
    assertEquals(1, scheduler.waiting());
    scheduler.advance(Duration.ofMinutes(1));
    assertNull(shop.getLevel());
  }

  @Test
  void aMisspeltLoggerIsNamedAndNotMade() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> levels.set("com.exmaple", "DEBUG"));
    assertTrue(String.valueOf(refused.getMessage()).contains("'com.exmaple'"));
    assertNull(context.exists("com.exmaple"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LOUD", "ALL", "debug1"})
  void anUnknownLevelIsNamed(String level) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> levels.set(NAME, level));
    assertEquals(
        "level is '" + level + "', must be TRACE, DEBUG, INFO, WARN, ERROR or OFF",
        refused.getMessage());
    assertNull(shop.getLevel());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999999999S", "-PT1M", "PT24H0.000000001S", "P1000000D"})
  void aDurationOutOfItsRangeIsNamed(String duration) {
    Duration wrong = Duration.parse(duration);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> levels.set(NAME, "DEBUG", wrong));
    assertEquals(
        "duration is " + wrong + ", must be PT1S to PT24H", String.valueOf(refused.getMessage()));
    assertNull(shop.getLevel());
  }

  @Test
  void onItsOwnThreadAChangeEndsInRealTime() throws Exception {
    CountDownLatch back = new CountDownLatch(2);
    context.addListener(new LevelListener(back));
    try (LogLevels own = LogLevels.builder().context(context).build()) {
      own.set(NAME, "TRACE", Duration.ofSeconds(1));
      assertTrue(back.await(60, TimeUnit.SECONDS));
      assertNull(shop.getLevel());
    }
  }

  private record LevelListener(CountDownLatch changes) implements LoggerContextListener {
    @Override
    public boolean isResetResistant() {
      return false;
    }

    @Override
    public void onStart(LoggerContext context) {}

    @Override
    public void onReset(LoggerContext context) {}

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {
      changes.countDown();
    }
  }
}
