package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A runner dies before or after each of its store operations, and another one goes on. */
@Timeout(120)
class RecoveryCrashTest {
  private static final byte[] NOW_LIVE = {1};
  private static final byte[] BACKED_UP = {2, 2};

  @Test
  void aRecoveryIsGoneOnWithFromWhereverItsRunnerDied() {
    int deaths = 0;
    for (boolean before : new boolean[] {true, false}) {
      for (int operations = 1; dies(operations, before); operations++) {
        deaths++;
      }
    }
    assertTrue(deaths > 80, deaths + " deaths");
  }

  /** False once the runner comes to its end. */
  private static boolean dies(int operations, boolean before) {
    ManualTimeSource time = new ManualTimeSource();
    SwappingBytes strategy = new SwappingBytes(time);
    MemoryStore store = new MemoryStore();
    BackupService sound = over(strategy, store, time);
    strategy.bytes.with("data", BACKED_UP);
    sound.verify(sound.backupNow().id());
    time.advance(Duration.ofHours(1));
    strategy.bytes.with("data", NOW_LIVE);
    strategy.bytes.targets.put("live", Map.of("data", NOW_LIVE));
    RecoveryServiceTest.Switch maintenance = new RecoveryServiceTest.Switch();
    // The restore point is made on a thread of its own, whose death would be none of the runner's.
    RecoveryPlan plan =
        RecoveryPlan.databaseFailure("orders")
            .restorePointWithin(Duration.ZERO)
            .probes(target -> assertTrue(maintenance.current().isPresent()));
    String at = operations + (before ? " before" : " after");
    boolean died = false;
    try {
      BackupService mortal = over(strategy, new MortalStore(store, operations, before), time);
      RecoveryService.of(mortal, maintenance, AlertSink.none()).run(plan);
    } catch (MortalStore.Killed e) {
      died = true;
    }
    byte[] live = strategy.bytes.targets.get("live").get("data");
    boolean isOld = Arrays.equals(NOW_LIVE, live);
    assertTrue(isOld || Arrays.equals(BACKED_UP, live), at);
    RecoveryService next =
        RecoveryService.of(over(strategy, store, time), maintenance, AlertSink.none());
    next.takeOver(plan);
    assertArrayEquals(BACKED_UP, strategy.bytes.targets.get("live").get("data"), at);
    assertFalse(maintenance.current().isPresent(), at);
    return died;
  }

  private static BackupService over(
      BackupStrategy strategy, BackupStore store, ManualTimeSource time) {
    return BackupService.builder("orders").strategy(strategy).store(store).time(time).build();
  }
}
