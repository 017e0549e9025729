package dev.opskit.verification.integration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupRefusedException;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.RecoveryService;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.health.Health;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recoveries of which something is killed by SIGKILL at a random moment, once or twice, before the
 * next runner finishes them or takes them back. {@code -Dopskit.kills=200} makes a long series;
 * {@code -Dopskit.seed} repeats one.
 */
@Timeout(7200)
class RecoveryKillIT {
  private static final int KILLS = Integer.getInteger("opskit.kills", 2);
  private static final long SEED = Long.getLong("opskit.seed", System.nanoTime());
  private static final String AT = "seed " + SEED;

  @TempDir Path folder;

  private final Random random = new Random(SEED);
  private final Map<Victim, Integer> hits = new EnumMap<>(Victim.class);
  private final Map<End, Integer> ends = new EnumMap<>(End.class);
  private Shop shop;
  private BackupService backups;
  private String restored;
  private String damaged;
  private boolean wasClosed;

  private enum Victim {
    RUNNER,
    PG_RESTORE,
    ANY_TOOL,
    SERVER
  }

  private enum End {
    /** What was killed had come to its end before. */
    SUCCEEDED,
    WENT_ON,
    TAKEN_OVER,
    TAKEN_BACK
  }

  @BeforeEach
  void open() throws SQLException {
    shop = Shop.open(folder, 2_000);
    backups =
        BackupService.builder(Shop.NAME)
            .strategy(shop.strategy().build())
            .store(FileSystemBackupStore.at(folder.resolve("store")))
            .build();
  }

  @AfterEach
  void close() {
    if (shop != null) {
      shop.close();
    }
  }

  @Test
  void whateverIsKilledARecoveryIsGoneOnWithOrTakenBackAndOpensNothingBefore() throws Exception {
    backups.verify(backups.backupNow().id());
    restored = shop.fingerprint(Shop.NAME);
    long takes = damageAndRecover();
    for (int kills = 0; kills < KILLS; ) {
      damage();
      boolean success = false;
      for (int more = 1 + random.nextInt(2); more > 0 && kills < KILLS && !success; more--) {
        success = kill(takes);
        kills++;
        assertNothingIsHalf(success);
      }
      end(success);
      assertFalse(isClosed(), AT);
      dropWhatWasReplaced();
    }
    assertEquals(
        Set.of(RecoveryRunner.asLine(restored)), Set.copyOf(RecoveryRunner.opened(folder)), AT);
    System.out.printf("%d kills of recoveries, hit %s, then %s, %s%n", KILLS, hits, ends, AT);
  }

  private void damage() throws SQLException {
    shop.execute(Shop.NAME, "DELETE FROM orders WHERE id = (SELECT max(id) FROM orders)");
    damaged = shop.fingerprint(Shop.NAME);
    wasClosed = false;
  }

  private long damageAndRecover() throws Exception {
    damage();
    try (KilledRun run = RecoveryRunner.start(shop, folder)) {
      long begin = System.nanoTime();
      assertTrue(run.succeeded());
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      assertEquals(restored, shop.fingerprint(Shop.NAME));
      dropWhatWasReplaced();
      return took;
    }
  }

  private void assertNothingIsHalf(boolean success) throws SQLException {
    String live = shop.fingerprint(Shop.NAME);
    assertTrue(live.equals(restored) || live.equals(damaged), "a mixture, " + AT);
    if (success) {
      assertEquals(restored, live, "a false success, " + AT);
      assertFalse(isClosed(), AT);
    }
    assertTrue(isClosed() || !wasClosed || live.equals(restored), "opened too early, " + AT);
    wasClosed = isClosed();
  }

  private boolean isClosed() {
    return Files.exists(RecoveryRunner.maintenanceFile(folder));
  }

  /** As the one who is on duty would. */
  private void end(boolean success) throws SQLException {
    End end = End.SUCCEEDED;
    if (!success) {
      try (Health health = RecoveryRunner.health(folder)) {
        RecoveryService recovery =
            RecoveryService.of(backups, health.maintenance(), AlertSink.none());
        end = random.nextInt(4) == 0 ? takeBack(recovery) : goOn(recovery);
      }
    }
    ends.merge(end, 1, Integer::sum);
    String wanted = end == End.TAKEN_BACK ? damaged : restored;
    assertEquals(wanted, shop.fingerprint(Shop.NAME), end + ", " + AT);
  }

  private End goOn(RecoveryService recovery) {
    try {
      recovery.run(RecoveryRunner.PLAN);
      return End.WENT_ON;
    } catch (BackupUnavailableException e) {
      assertTrue(e.getMessage().contains("seems to be under way"), e.getMessage() + ", " + AT);
      recovery.takeOver(RecoveryRunner.PLAN);
      return End.TAKEN_OVER;
    }
  }

  private End takeBack(RecoveryService recovery) throws SQLException {
    try {
      recovery.abort(RecoveryRunner.PLAN);
      return End.TAKEN_BACK;
    } catch (BackupRefusedException e) {
      assertTrue(e.getMessage().contains("no recovery of shop is open"), e.getMessage());
      // It was killed before its first entry, or after its last.
      boolean before = shop.fingerprint(Shop.NAME).equals(damaged);
      return before ? End.TAKEN_BACK : End.SUCCEEDED;
    }
  }

  private boolean kill(long takes) throws Exception {
    try (KilledRun run = RecoveryRunner.start(shop, folder)) {
      Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
      if (victim == Victim.PG_RESTORE) {
        awaitTool(run, "pg_restore");
        TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
      } else {
        TimeUnit.MILLISECONDS.sleep(random.nextLong(takes + 1));
      }
      if (kill(victim, run.handle())) {
        hits.merge(victim, 1, Integer::sum);
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
      case RUNNER -> runner.isAlive() && runner.destroyForcibly();
      case SERVER -> {
        boolean wasNeeded = runner.isAlive();
        shop.postgres().kill();
        yield wasNeeded;
      }
      case PG_RESTORE -> killOneOf(Tools.running(runner, "pg_restore"));
      case ANY_TOOL -> killOneOf(runner.children().toList());
    };
  }

  private boolean killOneOf(List<ProcessHandle> tools) {
    return !tools.isEmpty() && tools.get(random.nextInt(tools.size())).destroyForcibly();
  }

  private static void awaitTool(KilledRun run, String tool) throws InterruptedException {
    while (run.handle().isAlive() && Tools.running(run.handle(), tool).isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** So that the disk of a long series does not fill up. */
  private void dropWhatWasReplaced() throws SQLException {
    for (var point : backups.restores().points()) {
      shop.execute("postgres", "DROP DATABASE " + point.target());
    }
  }
}
