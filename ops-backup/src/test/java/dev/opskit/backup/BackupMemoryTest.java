package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is alive on the heap, looked at in the middle of the work, does not grow with the data.
 * {@code -Dopskit.backup.megabytes=4096} shows it for more.
 */
@Tag("once")
@Timeout(600)
class BackupMemoryTest {
  private static final int LOOKS = 12;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, 64, 160", "4, 128, 256"})
  void theHeapStaysFlatHoweverMuchIsBackedUpAndRestored(int streams, int little, int much) {
    Figures small = run(little, streams);
    Figures large = run(Integer.getInteger("opskit.backup.megabytes", much), streams);

    System.out.printf(
        "added heap, %d streams: backup %.1f MiB of little data, %.1f MiB of much;"
            + " restore %.1f and %.1f MiB%n",
        streams,
        small.backup() / 1048576.0,
        large.backup() / 1048576.0,
        small.restore() / 1048576.0,
        large.restore() / 1048576.0);
    // Of several streams one more or less may be full when it is looked at.
    assertFlat(
        small.backup(), large.backup(), streams == 1 ? small.backup() / 10 : Chunks.PLAIN_BYTES);
    // A buffer that was just let go may or may not be gone when it is looked at.
    assertFlat(small.restore(), large.restore(), 2L * streams * Chunks.PLAIN_BYTES);
  }

  private record Figures(long backup, long restore) {}

  private static void assertFlat(long small, long large, long tolerance) {
    assertTrue(large <= 128 * MEBIBYTE, () -> large + " bytes are alive");
    assertTrue(
        large - small <= tolerance,
        () -> small + " bytes are alive with little data, " + large + " with much");
  }

  private Figures run(int megabytes, int streams) {
    Generated strategy = new Generated(megabytes, streams);
    HeapWatch watch = new HeapWatch(megabytes / 16 / LOOKS);
    BackupStore store =
        new MisbehavingStore(FileSystemBackupStore.at(folder.resolve(streams + "-" + megabytes))) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            watch.look();
            return super.putIfAbsent(key, blob);
          }

          @Override
          public Optional<InputStream> open(BlobKey key) {
            watch.look();
            return super.open(key);
          }
        };
    try (BackupService service =
        BackupService.builder("orders")
            .strategy(strategy)
            .store(store)
            .encryption(new TestKeys("k"))
            .build()) {
      watch.begin();
      BackupRecord record = service.backupNow();
      assertEquals(megabytes * MEBIBYTE, record.plainBytes());
      long backup = watch.added();
      watch.again();
      service.restoreInto(record.id(), "copy");
      return new Figures(backup, watch.added());
    }
  }

  /** Looks at what is alive at every n-th call. */
  private static final class HeapWatch {
    private final int interval;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private long before;

    HeapWatch(int interval) {
      this.interval = Math.max(1, interval);
    }

    void begin() {
      before = alive();
      peak.set(before);
    }

    /** From the same beginning. */
    void again() {
      peak.set(before);
    }

    void look() {
      if (calls.getAndIncrement() % interval == 0) {
        peak.accumulateAndGet(alive(), Math::max);
      }
    }

    long added() {
      return peak.get() - before;
    }

    /** As the collector has left it: the others go on while this looks. */
    private static long alive() {
      System.gc();
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
          .mapToLong(pool -> pool.getCollectionUsage().getUsed())
          .sum();
    }
  }

  /**
   * As much as is wanted, of which an eighth cannot be compressed, all streams at the same time.
   */
  private record Generated(int megabytes, int streams) implements BackupStrategy {
    @Override
    public String format() {
      return "generated";
    }

    @Override
    public Map<String, String> dump(BackupSink sink) throws IOException, InterruptedException {
      together(
          IntStream.range(0, streams)
              .mapToObj(i -> sink.stream("data-" + i))
              .map(out -> Executors.callable(() -> write(out)))
              .toList());
      return Map.of();
    }

    @Override
    public void inspect(BackupSource source) throws IOException, InterruptedException {
      together(
          source.streams().stream()
              .map(name -> Executors.callable(() -> read(source.open(name))))
              .toList());
    }

    @Override
    public void restore(BackupSource source, String target)
        throws IOException, InterruptedException {
      inspect(source);
    }

    private void write(OutputStream stream) {
      Random random = new Random(1);
      byte[] block = new byte[1 << 16];
      byte[] fresh = new byte[1 << 13];
      try (OutputStream out = stream) {
        for (int i = 0; i < 16 * megabytes / streams; i++) {
          random.nextBytes(fresh);
          System.arraycopy(fresh, 0, block, 0, fresh.length);
          out.write(block);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void read(InputStream stream) {
      try (InputStream in = stream) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void together(List<Callable<Object>> works)
        throws IOException, InterruptedException {
      ExecutorService threads = Executors.newFixedThreadPool(works.size());
      try {
        for (Future<Object> work : threads.invokeAll(works)) {
          work.get();
        }
      } catch (ExecutionException e) {
        throw new IOException(e);
      } finally {
        threads.shutdownNow();
        // Or one that is about to end still holds what it has read.
        threads.awaitTermination(1, TimeUnit.MINUTES);
      }
    }
  }
}
