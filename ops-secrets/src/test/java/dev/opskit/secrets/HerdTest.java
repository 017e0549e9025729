package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once. What hangs does so until the test has seen what it wants to see. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HerdTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Fixture fixture = new Fixture(options -> options.executor(threads));
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayAnswer.countDown();
    fixture.close();
    threads.shutdownNow();
  }

  @Test
  void twoHundredThreadsOnAColdSecretMakeOneCall() throws Exception {
    answersLate("1", "hunter2hunter2");
    CountDownLatch atIt = new CountDownLatch(200);
    List<Future<String>> readers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      readers.add(
          threads.submit(
              () -> {
                atIt.countDown();
                return fixture.read();
              }));
    }
    atIt.await();
    asked.await();
    mayAnswer.countDown();
    for (Future<String> reader : readers) {
      assertEquals("hunter2hunter2", reader.get());
    }
    assertEquals(1, fixture.provider.calls.get());
  }

  @Test
  void noneOf64ReadersWaitsWhileARefreshHangs() throws Exception {
    fixture.provider.gives("1", "hunter2hunter2");
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    handle.get();
    fixture.read();
    answersLate("2", "correct horse");
    fixture.pass(Fixture.TTL);
    asked.await();

    List<Future<Boolean>> readers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      readers.add(
          threads.submit(
              () -> {
                boolean same = true;
                for (int read = 0; read < 1000; read++) {
                  same &= handle.get().matches("hunter2hunter2");
                  same &= fixture.secrets.get(Fixture.REF).matches("hunter2hunter2");
                }
                return same;
              }));
    }
    // They come to their end although the refresh does not, so none has waited for it.
    for (Future<Boolean> reader : readers) {
      assertTrue(reader.get());
    }
    assertEquals(2, fixture.provider.calls.get());
    mayAnswer.countDown();
    handle.refresh().get();
    assertTrue(handle.get().matches("correct horse"));
  }

  @Test
  void whoReadsWhatHasExpiredDoesNotWaitForTheStoreEither() throws Exception {
    fixture.provider.gives("1", "hunter2hunter2");
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    handle.get();
    fixture.provider.isUnavailable();
    fixture.pass(Fixture.TTL);
    // Joins what the time has started, so that it has come to its end.
    handle.refresh().get();
    answersLate("2", "correct horse");
    fixture.pass(Fixture.MAX_STALE);
    asked.await();

    // On this thread, which the test's time limit would end if it waited.
    assertThrows(SecretException.Expired.class, handle::get);
  }

  @Test
  void aHundredForcedRefreshesMakeOneCallAndThoseWithinHalfASecondNone() throws Exception {
    fixture.provider.gives("1", "hunter2hunter2");
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    handle.get();
    fixture.time.advance(Duration.ofSeconds(1));
    answersLate("2", "correct horse");
    List<Future<?>> forced = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      forced.add(handle.refresh());
    }
    mayAnswer.countDown();
    for (Future<?> one : forced) {
      one.get();
    }
    assertEquals(2, fixture.provider.calls.get());

    fixture.time.advance(Duration.ofMillis(499));
    handle.refresh().get();
    assertEquals(2, fixture.provider.calls.get());
    fixture.time.advance(Duration.ofMillis(1));
    handle.refresh().get();
    assertEquals(3, fixture.provider.calls.get());
  }

  @Test
  void aReadAllocatesNothing() {
    fixture.provider.gives("1", "hunter2hunter2");
    var handle = fixture.secrets.rotating(Fixture.REF, SecretType.value());
    SecretValue[] seen = new SecretValue[2];
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // Whatever the JVM allocates meanwhile for itself, it does not do in each round.
    for (int round = 0; round < 20; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10_000; i++) {
        seen[0] = handle.get();
        seen[1] = fixture.secrets.get(Fixture.REF);
      }
      least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(seen[0].matches("hunter2hunter2") && seen[1].matches("hunter2hunter2"));
    long bytes = least;
    // The counter itself may cost some; 20,000 reads of one byte each would show.
    assertTrue(bytes < 10_000, () -> bytes + " bytes for 20,000 reads");
  }

  private void answersLate(String version, String value) {
    fixture.provider.answer =
        ref -> {
          asked.countDown();
          try {
            mayAnswer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return ScriptedProvider.value(ref, version, value);
        };
  }
}
