package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hangs does not listen to an interrupt either, so each test has a thread to leave behind. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosingTest {
  private final Fixture fixture = new Fixture();

  /** Not the common pool, which may have but one thread. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void closingWipesTheCurrentAndTheSupersededValueAndEndsTheirMasking() {
    fixture.provider.gives("1", "hunter2hunter2");
    SecretValue old = fixture.secrets.get(Fixture.REF);
    fixture.provider.gives("2", "correct horse");
    fixture.pass(Fixture.TTL);
    SecretValue current = fixture.secrets.get(Fixture.REF);

    fixture.secrets.close();
    fixture.secrets.close();

    assertTrue(old.isClosed());
    assertTrue(current.isClosed());
    String text = "hunter2hunter2, correct horse";
    assertEquals(text, fixture.sensitive.mask(text));
  }

  @Test
  void whatIsAskedForAfterwardsIsRefusedWithoutACall() {
    fixture.secrets.close();
    fixture.refused(SecretException.Closed.class);
    assertThrows(
        SecretException.Closed.class, () -> fixture.secrets.databaseCredentials(Fixture.REF));
    assertEquals(0, fixture.provider.calls.get());
  }

  @Test
  void aLoadThatIsUnderWayNeitherHoldsUpTheClosingNorLeavesAValue() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    SecretValue late = ScriptedProvider.value(Fixture.REF, "2", "correct horse");
    fixture.provider.gives("1", "hunter2hunter2");
    fixture.read();
    fixture.provider.answer =
        ref -> {
          asked.countDown();
          awaitUninterrupted(closed);
          return late;
        };
    var load = CompletableFuture.runAsync(() -> fixture.pass(Fixture.TTL), threads);
    asked.await();

    fixture.secrets.close();
    closed.countDown();

    load.join();
    fixture.refused(SecretException.Closed.class);
    assertTrue(late.isClosed());
    assertEquals("correct horse", fixture.sensitive.mask("correct horse"));
  }

  @Test
  void whoWaitsForAFirstValueIsTold() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    fixture.provider.answer =
        ref -> {
          asked.countDown();
          awaitUninterrupted(closed);
          return ScriptedProvider.value(ref, "1", "hunter2hunter2");
        };
    var loads = CompletableFuture.supplyAsync(() -> fixture.secrets.get(Fixture.REF), threads);
    asked.await();
    var waits = CompletableFuture.supplyAsync(() -> fixture.secrets.get(Fixture.REF), threads);

    fixture.secrets.close();

    assertClosed(waits);
    closed.countDown();
    assertClosed(loads);
  }

  private static void assertClosed(CompletableFuture<?> reader) {
    var e = assertThrows(ExecutionException.class, reader::get);
    assertInstanceOf(SecretException.Closed.class, e.getCause());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean open = true;
    while (open) {
      try {
        latch.await();
        open = false;
      } catch (InterruptedException e) {
        // A provider that does not heed it.
      }
    }
  }
}
