package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Tells whether work that interrupts its own thread is ended by that. */
final class Interrupt {
  private Interrupt() {}

  static void assertEnds(Executable work) {
    @Nullable Throwable thrown = null;
    boolean isStillInterrupted;
    try {
      work.execute();
    } catch (Throwable t) {
      thrown = t;
    } finally {
      isStillInterrupted = Thread.interrupted();
    }
    Throwable end = thrown;
    assertNotNull(end, "it went on to its end as if nothing had been");
    assertTrue(
        end instanceof InterruptedException || isStillInterrupted,
        () -> "the interrupt is lost, nobody above can know of it: " + end);
  }
}
