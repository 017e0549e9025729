package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private final TokenBucket bucket = new TokenBucket(time, 10, 20);

  @Test
  void soManyGoAtOnceAndThenSoManyASecond() {
    assertEquals(20, goes(100));
    time.advance(Duration.ofSeconds(1));
    assertEquals(10, goes(100));
    time.advance(Duration.ofMillis(99));
    assertFalse(bucket.tryTake());
    time.advance(Duration.ofMillis(2));
    assertTrue(bucket.tryTake());
  }

  @Test
  void aQuietTimeSavesUpNoMoreThanTheBurst() {
    time.advance(Duration.ofDays(1));
    assertEquals(20, goes(100));
  }

  @Test
  void whatIsWaitedForGoesAheadAndTheOthersWaitTheLonger() {
    assertEquals(20, goes(20));
    for (int i = 0; i < 1000; i++) {
      bucket.take();
    }
    time.advance(Duration.ofMillis(2050));
    assertFalse(bucket.tryTake());
    time.advance(Duration.ofMillis(100));
    assertTrue(bucket.tryTake());
  }

  private int goes(int attempts) {
    int gone = 0;
    for (int i = 0; i < attempts; i++) {
      gone += bucket.tryTake() ? 1 : 0;
    }
    return gone;
  }
}
