package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten replicas with clocks that differ by up to ten minutes look at once, and each dies at some
 * step.
 */
@Timeout(300)
class OneBackupPerSlotTest {
  private static final int ROUNDS = Integer.getInteger("opskit.backup.rounds", 1);
  private static final int SLOTS = 50;
  private static final int REPLICAS = 10;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final SplittableRandom random = new SplittableRandom(20260301);
  private MemoryStore store = new ConcurrentMemoryStore();
  private final AtomicInteger deaths = new AtomicInteger();

  /** The puts of a {@link MemoryStore} are noted in a list that is for one thread. */
  private static final class ConcurrentMemoryStore extends MemoryStore {
    @Override
    public synchronized boolean putIfAbsent(BlobKey key, Blob blob) {
      return super.putIfAbsent(key, blob);
    }
  }

  private final class Replica {
    final ManualTimeSource time = new ManualTimeSource(START);
    SlotTurn turn;

    Replica() {
      time.jumpTo(START.plusSeconds(random.nextInt(-300, 301)));
      turn = start();
    }

    SlotTurn start() {
      return BackupService.builder("orders")
          .strategy(new BytesStrategy().with("data", Fixture.randomBytes(100)))
          .store(new MortalStore(store, 1 + random.nextInt(250), random.nextBoolean()))
          .time(time)
          .build()
          .turn(Schedule.every(Duration.ofHours(1)).catchUp(Duration.ofMinutes(50)));
    }

    void look() {
      try {
        turn.turn();
      } catch (BackupException e) {
        // Another one had taken it for dead; the next look shows what came of it.
      } catch (MortalStore.Killed e) {
        deaths.incrementAndGet();
        synchronized (random) {
          turn = start();
        }
      }
    }
  }

  @Test
  void whateverClocksSayAndWhoeverDies() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      store = new ConcurrentMemoryStore();
      round();
    }
  }

  private void round() throws Exception {
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(new Replica());
    }
    ExecutorService pool = Executors.newFixedThreadPool(REPLICAS);
    try {
      for (int minute = 0; minute < 60 * SLOTS; minute += 3) {
        List<Future<?>> looks = new ArrayList<>();
        for (Replica replica : replicas) {
          looks.add(pool.submit(replica::look));
        }
        for (Future<?> look : looks) {
          look.get();
        }
        replicas.forEach(replica -> replica.time.advance(Duration.ofMinutes(3)));
      }
    } finally {
      pool.shutdownNow();
    }
    Layout layout = new Layout("orders");
    Manifests manifests = new Manifests(layout, store);
    SlotRuns runs = new SlotRuns(layout, store, manifests);
    int committed = 0;
    for (int slot = 1; slot < SLOTS - 1; slot++) {
      SlotRuns.Attempt last = runs.last(START.plus(Duration.ofHours(slot))).orElseThrow();
      assertEquals(SlotRuns.Fate.COMMITTED, runs.fate(last.id()), "slot " + slot);
      committed++;
    }
    long made =
        manifests
            .records()
            .filter(r -> !r.startedAt().isBefore(START.plus(Duration.ofHours(1))))
            .filter(r -> r.startedAt().isBefore(START.plus(Duration.ofHours(SLOTS - 1))))
            .count();
    assertEquals(committed, made);
    assertTrue(deaths.get() > SLOTS / 4, deaths + " deaths");
  }
}
