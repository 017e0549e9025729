package dev.opskit.core.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTimeSourceTest {
  private static final Instant START = Instant.parse("2026-03-29T00:59:59Z");

  private final ManualTimeSource time = new ManualTimeSource(START);

  @Test
  void itStandsStill() {
    assertEquals(START, time.now());
    assertEquals(time.nanoTime(), time.nanoTime());
  }

  @Test
  void advancingMovesBothClocks() {
    long before = time.nanoTime();
    time.advance(Duration.ofNanos(1_500_000_001));
    assertEquals(START.plusNanos(1_500_000_001), time.now());
    assertEquals(1_500_000_001, time.nanoTime() - before);
  }

  @Test
  void aJumpMovesTheWallClockAlone() {
    long before = time.nanoTime();
    time.jumpTo(START.minusSeconds(3600));
    assertEquals(START.minusSeconds(3600), time.now());
    assertEquals(before, time.nanoTime());
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThrows(IllegalArgumentException.class, () -> time.advance(Duration.ofNanos(-1)));
    assertEquals(START, time.now());
  }
}
