package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.VerificationLevel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments, of whatever takes part. {@code -Dopskit.kills=200} makes a long series
 * of each, {@code -Dopskit.kills.shards=2} with more tools at the same time; {@code -Dopskit.seed}
 * repeats one.
 */
@Timeout(7200)
class PostgresKillIT {
  private static final int KILLS = Integer.getInteger("opskit.kills", 1);
  private static final long SEED = Long.getLong("opskit.seed", System.nanoTime());

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);
  private Path store;
  private Shop shop;

  private enum Victim {
    RUNNER,
    TOOL,
    SERVER
  }

  @BeforeEach
  void open() throws SQLException {
    shop = Shop.open(folder, 5_000);
    // Without it nothing is known of the tables, and none is dumped apart.
    shop.execute(Shop.NAME, "ANALYZE");
    store = folder.resolve("store");
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void aBackupThatIsKilledNeverLooksLikeOneAndTheLastGoodOneStays() throws Exception {
    try (BackupService backups = service()) {
      BackupRecord first = backups.backupNow();
      assertEquals(KilledRun.SHARDS == 1 ? 4 : 6, first.chunks(), "one for each stream");
      String good = first.id();
      backups.verify(good);
      long takes = takes("");
      int successes = 0;
      for (int i = 0; i < KILLS; i++) {
        int before = backups.catalog().list().size();
        boolean success = kill("", takes);

        List<BackupRecord> after = backups.catalog().list();
        // It may have committed in the moment before it was killed.
        assertTrue(after.size() - before <= 1, "seed " + SEED);
        assertTrue(!success || after.size() == before + 1, "a false success, seed " + SEED);
        for (BackupRecord record : after.subList(0, after.size() - before)) {
          backups.verify(record.id());
        }
        successes += success ? 1 : 0;
      }
      backups.verify(good, VerificationLevel.HASHES);
      backups.restores().drill(backups.catalog().latestRestorable().orElseThrow().id());
      report("backup", successes);
    }
  }

  @Test
  void aRestoreThatIsKilledLeavesAllOfTheOldOrAllOfTheNew() throws Exception {
    try (BackupService backups = service()) {
      String id = backups.backupNow().id();
      String restored = shop.fingerprint(Shop.NAME);
      long takes = takes(id);
      int successes = 0;
      int swapped = 0;
      for (int i = 0; i < KILLS; i++) {
        shop.execute(Shop.NAME, "DELETE FROM orders WHERE id = (SELECT max(id) FROM orders)");
        String old = shop.fingerprint(Shop.NAME);
        boolean success = kill(id, takes);

        String live = shop.fingerprint(Shop.NAME);
        assertTrue(live.equals(restored) || live.equals(old), "a mixture, seed " + SEED);
        assertTrue(!success || live.equals(restored), "a false success, seed " + SEED);
        successes += success ? 1 : 0;
        swapped += live.equals(restored) ? 1 : 0;
      }
      System.out.printf("%d times the new one was live%n", swapped);
      report("restore", successes);
      backups.restores().swapIn(id);
      assertEquals(restored, shop.fingerprint(Shop.NAME));
      assertEquals(
          "0",
          shop.query(
              "postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'shop\\_\\_new%'"),
          "what was left was not dropped");
    }
  }

  private long takes(String id) throws Exception {
    long begin = System.nanoTime();
    try (KilledRun run = KilledRun.start(shop, store, id)) {
      begin = System.nanoTime();
      assertTrue(run.succeeded());
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private boolean kill(String id, long takes) throws Exception {
    try (KilledRun run = KilledRun.start(shop, store, id)) {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(takes + 1));
      Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
      boolean hit = kill(victim, run.handle());
      if (hit) {
        killed.merge(victim, 1, Integer::sum);
      }
      boolean success = run.succeeded();
      if (victim == Victim.SERVER) {
        shop.postgres().restart();
      }
      return success;
    } finally {
      shop.awaitEndOfBackupSessions();
    }
  }

  private boolean kill(Victim victim, ProcessHandle runner) {
    return switch (victim) {
      case RUNNER -> runner.destroyForcibly();
      case SERVER -> {
        boolean wasNeeded = runner.isAlive();
        shop.postgres().kill();
        yield wasNeeded;
      }
      case TOOL -> {
        List<ProcessHandle> tools = runner.children().toList();
        yield !tools.isEmpty() && tools.get(random.nextInt(tools.size())).destroyForcibly();
      }
    };
  }

  private void report(String what, int successes) {
    System.out.printf(
        "%d runs of a %s, killed %s, %d had succeeded before, seed %d%n",
        KILLS, what, killed, successes, SEED);
  }

  private BackupService service() {
    return BackupService.builder(Shop.NAME)
        .strategy(shop.strategy().shards(KilledRun.SHARDS).build())
        .store(FileSystemBackupStore.at(store))
        .build();
  }
}
