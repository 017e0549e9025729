package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.correlation.CorrelationContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChunkPipelineTest {
  private static final int CHUNK = 1024;
  private static final ChunkFormat FORMAT = new ChunkFormat("id", Compression.NONE, null);

  @Test
  void chunksOfSeveralStreamsAreStoredUnderTheirNumbersWhateverTheOrder() throws Exception {
    Map<ChunkPlace, Byte> stored = new ConcurrentHashMap<>();
    Map<Integer, StreamEntry> entries = new ConcurrentHashMap<>();
    try (ChunkPipeline pipeline =
        new ChunkPipeline(
            FORMAT, 3, (place, chunk, plain) -> stored.put(place, chunk.bytes().get(0)))) {
      List<Thread> writers = new ArrayList<>();
      for (int number = 1; number <= 4; number++) {
        int n = number;
        Thread writer =
            new Thread(
                () -> {
                  ChunkWriter out = new ChunkWriter("s" + n, n, pipeline, CHUNK);
                  for (int i = 0; i < 50; i++) {
                    byte[] chunk = new byte[CHUNK];
                    chunk[0] = (byte) (n * 50 + i);
                    out.write(chunk, 0, CHUNK);
                  }
                  out.close();
                  entries.put(n, Objects.requireNonNull(out.finished()));
                });
        writer.start();
        writers.add(writer);
      }
      for (Thread writer : writers) {
        writer.join();
      }
    }
    assertEquals(200, stored.size());
    stored.forEach(
        (place, first) ->
            assertEquals(
                (byte) (place.streamNumber() * 50 + place.index()), first, place::toString));
    for (int n = 1; n <= 4; n++) {
      assertEquals(50, entries.get(n).chunks().size());
      assertEquals(50, entries.get(n).chunks().stream().map(ChunkEntry::sha256).distinct().count());
    }
  }

  @Test
  void whoeverWritesWaitsForTheWorkersSoThatMemoryHasABound() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger written = new AtomicInteger();
    try (ChunkPipeline pipeline =
        new ChunkPipeline(FORMAT, 2, (place, chunk, plain) -> awaitUnlessInterrupted(goOn))) {
      Thread writer =
          new Thread(
              () -> {
                ChunkWriter out = new ChunkWriter("s", 1, pipeline, CHUNK);
                for (int i = 0; i < 10; i++) {
                  out.write(new byte[CHUNK], 0, CHUNK);
                  written.incrementAndGet();
                }
                out.close();
              });
      writer.start();
      while (writer.getState() != Thread.State.WAITING) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertEquals(2, written.get(), "chunks handed over while both workers are busy");
      goOn.countDown();
      writer.join();
      assertEquals(10, written.get());
    }
  }

  @Test
  void theFirstFailureEndsEveryStreamAndNothingMoreIsStored() {
    RuntimeException failure = new BackupUnavailableException("no answer");
    AtomicInteger puts = new AtomicInteger();
    try (ChunkPipeline pipeline =
        new ChunkPipeline(
            FORMAT,
            1,
            (place, chunk, plain) -> {
              puts.incrementAndGet();
              throw failure;
            })) {
      ChunkWriter one = new ChunkWriter("a", 1, pipeline, CHUNK);
      ChunkWriter other = new ChunkWriter("b", 2, pipeline, CHUNK);
      one.write(new byte[10], 0, 10);
      assertSame(failure, assertThrows(BackupUnavailableException.class, one::close));
      other.write(new byte[10], 0, 10);
      assertSame(failure, assertThrows(BackupUnavailableException.class, other::close));
      assertEquals(null, one.finished());
      assertEquals(null, other.finished());
    }
    assertEquals(1, puts.get());
  }

  @Test
  void anInterruptEndsTheWaitAndClosingEndsTheWorker() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ChunkPipeline pipeline =
        new ChunkPipeline(
            FORMAT,
            1,
            (place, chunk, plain) -> {
              busy.countDown();
              awaitUnlessInterrupted(new CountDownLatch(1));
              ended.countDown();
            });
    try (pipeline) {
      ChunkWriter out = new ChunkWriter("a", 1, pipeline, CHUNK);
      out.write(new byte[10], 0, 10);
      Thread owner = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                awaitUnlessInterrupted(busy);
                owner.interrupt();
              });
      interrupter.start();
      assertThrows(BackupUnavailableException.class, out::close);
      assertTrue(Thread.currentThread().isInterrupted());
    }
    assertEquals(0, ended.getCount(), "the worker still stores");
    assertTrue(Thread.interrupted(), "closing has swallowed the interrupt");
  }

  @Test
  void withoutWorkersEverythingIsDoneOnTheThreadThatWrites() {
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    try (ChunkPipeline pipeline =
        new ChunkPipeline(
            FORMAT, 0, (place, chunk, plain) -> threads.add(Thread.currentThread()))) {
      ChunkWriter out = new ChunkWriter("a", 1, pipeline, CHUNK);
      out.write(new byte[3 * CHUNK], 0, 3 * CHUNK);
      out.close();
    }
    assertEquals(Collections.nCopies(3, Thread.currentThread()), threads);
  }

  @Test
  void workersAreDaemonsAndKnowTheCorrelationOfTheRun() {
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    try (CorrelationContext.Scope scope = CorrelationContext.of("the-run").open();
        ChunkPipeline pipeline =
            new ChunkPipeline(
                FORMAT,
                1,
                (place, chunk, plain) -> {
                  assertTrue(Thread.currentThread().isDaemon());
                  ids.add(Objects.requireNonNull(CorrelationContext.current()).id());
                })) {
      assertFalse(scope.toString().isEmpty());
      ChunkWriter out = new ChunkWriter("a", 1, pipeline, CHUNK);
      out.write(1);
      out.close();
    }
    assertEquals(List.of("the-run"), ids);
  }

  private static void awaitUnlessInterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
