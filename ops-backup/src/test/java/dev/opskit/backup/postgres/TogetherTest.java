package dev.opskit.backup.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.postgres.Together.Work;
import dev.opskit.core.correlation.CorrelationContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void allWorkAtTheSameTime() throws Exception {
    CountDownLatch all = new CountDownLatch(3);
    Work waits =
        () -> {
          all.countDown();
          all.await();
          ended.incrementAndGet();
        };

    Together.run(List.of(waits, waits, waits));

    assertEquals(3, ended.get());
  }

  @Test
  void oneAloneStaysOnItsThread() throws Exception {
    List<Thread> threads = new ArrayList<>();
    Together.run(List.of(() -> threads.add(Thread.currentThread())));
    assertEquals(List.of(Thread.currentThread()), threads);

    IOException failure = new IOException("alone");
    Work fails =
        () -> {
          throw failure;
        };
    assertSame(failure, assertThrows(IOException.class, () -> Together.run(List.of(fails))));
  }

  @Test
  void theFirstThatFailsEndsTheOthersAndItsFailureIsTold() {
    for (Exception failure :
        List.of(new IOException("pipe"), new BackupUnavailableException("killed"))) {
      ended.set(0);
      CountDownLatch begun = new CountDownLatch(2);
      Work fails =
          () -> {
            begun.await();
            if (failure instanceof IOException e) {
              throw e;
            }
            throw (BackupUnavailableException) failure;
          };

      Exception told =
          assertThrows(
              Exception.class, () -> Together.run(List.of(endless(begun), fails, endless(begun))));

      assertSame(failure, told);
      assertEquals(2, ended.get(), "something runs on");
    }
  }

  @Test
  void anInterruptEndsAllOfThem() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    Thread caller = Thread.currentThread();
    Thread canceller =
        new Thread(
            () -> {
              try {
                begun.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              caller.interrupt();
            });
    canceller.start();

    assertThrows(
        InterruptedException.class, () -> Together.run(List.of(endless(begun), endless(begun))));

    canceller.join();
    assertEquals(2, ended.get(), "something runs on");
  }

  @Test
  void theCorrelationGoesWithIt() throws Exception {
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    Work tells = () -> ids.add(Objects.requireNonNull(CorrelationContext.current()).id());
    try (CorrelationContext.Scope scope = CorrelationContext.of("run-7").open()) {
      assertFalse(scope.toString().isEmpty());
      Together.run(List.of(tells, tells));
    }
    assertEquals(List.of("run-7", "run-7"), ids);
  }

  private Work endless(CountDownLatch begun) {
    return () -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } finally {
        ended.incrementAndGet();
      }
    };
  }
}
