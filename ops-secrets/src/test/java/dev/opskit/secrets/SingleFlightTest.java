package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hangs does not listen to an interrupt either, so each test has a thread to leave behind. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SingleFlightTest {
  private static final int THREADS = 32;

  private final Fixture fixture = new Fixture();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayAnswer.countDown();
    threads.shutdownNow();
    fixture.close();
  }

  @Test
  void oneThreadAsksAndTheOthersWaitForItsAnswer() throws Exception {
    answersLate(ref -> ScriptedProvider.value(ref, "1", "hunter2hunter2"));
    List<Future<SecretValue>> all = everybody(() -> fixture.secrets.get(Fixture.REF));

    Set<SecretValue> values = new HashSet<>();
    for (Future<SecretValue> one : all) {
      values.add(one.get());
    }
    assertEquals(1, values.size());
    assertEquals(1, fixture.provider.calls.get());
  }

  @Test
  void oneAsksHoweverExactlyTheyComeTogether() throws Exception {
    CyclicBarrier together = new CyclicBarrier(8);
    for (int round = 1; round <= 1000; round++) {
      SecretRef cold = SecretRef.of("cold-" + round);
      fixture.provider.gives("v" + round, "hunter2hunter2-" + round);
      List<Future<SecretValue>> all = new ArrayList<>();
      for (int i = 0; i < together.getParties(); i++) {
        all.add(
            threads.submit(
                () -> {
                  together.await();
                  return fixture.secrets.get(cold);
                }));
      }
      for (Future<SecretValue> one : all) {
        one.get();
      }
      assertEquals(round, fixture.provider.calls.get());
    }
  }

  @Test
  void whoWaitsForAFailureGetsItToAndDoesNotAskInTurn() throws Exception {
    answersLate(
        ref -> {
          throw new SecretException.Unavailable(ref, "HTTP 503");
        });
    Set<Throwable> failures = new HashSet<>();
    for (Future<SecretValue> one : everybody(() -> fixture.secrets.get(Fixture.REF))) {
      Throwable e = assertThrows(ExecutionException.class, one::get).getCause();
      failures.add(assertInstanceOf(SecretException.Unavailable.class, e));
    }
    assertEquals(1, fixture.provider.calls.get());
    assertEquals(THREADS, failures.size());
  }

  @Test
  void aSecretThatHangsDelaysNoOther() throws Exception {
    answersLate(ref -> ScriptedProvider.value(ref, "1", "hunter2hunter2"));
    Future<SecretValue> hanging = threads.submit(() -> fixture.secrets.get(Fixture.REF));
    asked.await();
    fixture.provider.gives("1", "correct horse");

    // So many that some share a bucket of whatever table the cache keeps.
    for (int i = 0; i < 500; i++) {
      SecretRef other = SecretRef.of("other-" + i);
      assertTrue(threads.submit(() -> fixture.secrets.get(other)).get().matches("correct horse"));
    }
    assertThrows(TimeoutException.class, () -> hanging.get(1, TimeUnit.MILLISECONDS));
  }

  @Test
  void whoIsInterruptedWhileItWaitsGivesUpAndKeepsTheFlag() throws Exception {
    answersLate(ref -> ScriptedProvider.value(ref, "1", "hunter2hunter2"));
    Future<SecretValue> hanging = threads.submit(() -> fixture.secrets.get(Fixture.REF));
    asked.await();

    Thread.currentThread().interrupt();
    var e = fixture.refused(SecretException.Unavailable.class);

    assertTrue(Thread.interrupted());
    assertTrue(e.getMessage().contains("interrupted"), e.getMessage());
    mayAnswer.countDown();
    assertTrue(hanging.get().matches("hunter2hunter2"));
  }

  private void answersLate(SecretProvider answer) {
    fixture.provider.answer =
        ref -> {
          asked.countDown();
          await(mayAnswer);
          return answer.fetch(ref);
        };
  }

  /** All threads are at it before the provider answers. */
  private <R> List<Future<R>> everybody(Callable<R> work) throws InterruptedException {
    CountDownLatch atIt = new CountDownLatch(THREADS);
    List<Future<R>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                atIt.countDown();
                return work.call();
              }));
    }
    atIt.await();
    asked.await();
    mayAnswer.countDown();
    return all;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
