package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastSuccessTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final LastSuccess last = new LastSuccess(time);

  @Test
  void clocksThatDriftDoNotLookLikeASuccess() {
    double told = last.epochSeconds();
    for (int i = 0; i < 90; i++) {
      time.advance(Duration.ofSeconds(15));
      time.jumpTo(time.now().plusMillis(10));
      assertEquals(told, last.epochSeconds());
    }
  }

  @Test
  void aClockThatIsSetMovesTheSuccessWithIt() {
    double told = last.epochSeconds();
    time.advance(Duration.ofSeconds(15));
    time.jumpTo(time.now().minus(Duration.ofHours(3)));
    assertEquals(told - 3 * 3600, last.epochSeconds());
  }

  @Test
  void aMarkIsToldToTheMillisecond() {
    double told = last.epochSeconds();
    time.advance(Duration.ofMillis(250));
    last.mark(time.nanoTime());
    time.advance(Duration.ofSeconds(15));
    assertEquals(told + 0.25, last.epochSeconds(), 1e-6);
  }
}
