package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is alive on the heap, looked at in the middle of the work, does not grow with the data.
 * {@code -Dopskit.backup.megabytes=4096} shows it for more.
 */
@Timeout(600)
class BackupMemoryTest {
  private static final int SMALL = 64;
  private static final int LARGE = Integer.getInteger("opskit.backup.megabytes", 160);
  private static final int LOOKS = 12;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path folder;

  @Test
  void theHeapStaysFlatHoweverMuchIsBackedUpAndRestored() {
    Figures small = run(SMALL);
    Figures large = run(LARGE);

    System.out.printf(
        "added heap: backup of %d MB %.1f MiB, of %d MB %.1f MiB; restore %.1f and %.1f MiB%n",
        SMALL,
        small.backup() / 1048576.0,
        LARGE,
        large.backup() / 1048576.0,
        small.restore() / 1048576.0,
        large.restore() / 1048576.0);
    assertFlat(small.backup(), large.backup(), Math.max(small.backup(), large.backup()) / 10);
    // A buffer that was just let go may or may not be gone when it is looked at.
    assertFlat(small.restore(), large.restore(), 2L * Chunks.PLAIN_BYTES);
  }

  private record Figures(long backup, long restore) {}

  private static void assertFlat(long small, long large, long tolerance) {
    assertTrue(large <= 128 * MEBIBYTE, () -> large + " bytes are alive");
    assertTrue(
        Math.abs(large - small) <= tolerance,
        () -> small + " bytes are alive with little data, " + large + " with much");
  }

  private Figures run(int megabytes) {
    Generated strategy = new Generated(megabytes);
    HeapWatch watch = new HeapWatch(megabytes / 16 / LOOKS);
    BackupStore store =
        new MisbehavingStore(FileSystemBackupStore.at(folder.resolve("" + megabytes))) {
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

    private static long alive() {
      System.gc();
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }

  /** As much as is wanted, of which an eighth cannot be compressed. */
  private record Generated(int megabytes) implements BackupStrategy {
    @Override
    public String format() {
      return "generated";
    }

    @Override
    public Map<String, String> dump(BackupSink sink) throws IOException {
      Random random = new Random(1);
      byte[] block = new byte[1 << 16];
      byte[] fresh = new byte[1 << 13];
      try (OutputStream out = sink.stream("data")) {
        for (int i = 0; i < 16 * megabytes; i++) {
          random.nextBytes(fresh);
          System.arraycopy(fresh, 0, block, 0, fresh.length);
          out.write(block);
        }
      }
      return Map.of();
    }

    @Override
    public void inspect(BackupSource source) throws IOException {
      try (InputStream in = source.open("data")) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }

    @Override
    public void restore(BackupSource source, String target) throws IOException {
      inspect(source);
    }
  }
}
