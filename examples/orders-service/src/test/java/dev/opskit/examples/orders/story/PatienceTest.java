package dev.opskit.examples.orders.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PatienceTest {
  @Test
  void whatIsThereAlreadyIsNotWaitedFor() {
    AtomicInteger asked = new AtomicInteger();
    assertTrue(Patience.until(Duration.ZERO, () -> asked.incrementAndGet() == 1));
    assertEquals(1, asked.get());
  }

  @Test
  void whatComesInTimeIsAwaited() {
    AtomicInteger asked = new AtomicInteger();
    assertTrue(Patience.until(() -> asked.incrementAndGet() == 3));
  }

  @Test
  void whatNeverComesIsGivenUp() {
    assertFalse(Patience.until(Duration.ofMillis(150), () -> false));
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() {
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, () -> Patience.until(() -> false));
    assertTrue(Thread.interrupted());
  }
}
