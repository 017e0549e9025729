package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A runner dies before or after each of its store operations, and another one follows. */
@Timeout(120)
class RecoveryCrashTest {
  private static final byte[] NOW_LIVE = {1};
  private static final byte[] BACKED_UP = {2, 2};

  private ManualTimeSource time;
  private SwappingBytes strategy;
  private MemoryStore store;
  private RecoveryServiceTest.Switch maintenance;

  private interface Death {
    /** False once the runner comes to its end. */
    boolean at(int operations, boolean before);
  }

  private static void atEachOperation(int atLeast, Death death) {
    int deaths = 0;
    for (boolean before : new boolean[] {true, false}) {
      for (int operations = 1; death.at(operations, before); operations++) {
        deaths++;
      }
    }
    assertTrue(deaths > atLeast, deaths + " deaths");
  }

  @BeforeEach
  void damage() {
    time = new ManualTimeSource();
    strategy = new SwappingBytes(time);
    store = new MemoryStore();
    maintenance = new RecoveryServiceTest.Switch();
    BackupService sound = over(store);
    strategy.bytes.with("data", BACKED_UP);
    sound.verify(sound.backupNow().id());
    time.advance(Duration.ofHours(1));
    strategy.bytes.with("data", NOW_LIVE);
    strategy.bytes.targets.put("live", Map.of("data", NOW_LIVE));
    // What an earlier restore has left is nobody's way back.
    strategy.bytes.targets.put("older", Map.of("data", BACKED_UP));
    strategy.points.add(new RestorePoint("older", time.now()));
    time.advance(Duration.ofHours(1));
  }

  @Test
  void aRecoveryIsGoneOnWithFromWhereverItsRunnerDied() {
    atEachOperation(
        80,
        (operations, before) -> {
          damage();
          boolean died = dies(operations, before, recovery -> recovery.takeOver(plan()));
          byte[] live = live();
          String at = at(operations, before);
          assertTrue(Arrays.equals(NOW_LIVE, live) || Arrays.equals(BACKED_UP, live), at);
          recovery(store).takeOver(plan());
          assertArrayEquals(BACKED_UP, live(), at);
          assertFalse(isClosed(), at);
          return died;
        });
  }

  @Test
  void aRecoveryFromACompleteOutageIsGoneOnWithFromWhereverItsRunnerDied() {
    atEachOperation(
        80,
        (operations, before) -> {
          damage();
          SwappingBytes there = new SwappingBytes(time);
          RecoveryPlan outage = RecoveryPlan.completeOutage("orders", () -> there);
          boolean died = dies(operations, before, recovery -> recovery.takeOver(outage));
          String at = at(operations, before);
          recovery(store).takeOver(outage);
          assertArrayEquals(BACKED_UP, there.bytes.targets.get("live").get("data"), at);
          assertArrayEquals(NOW_LIVE, live(), at);
          assertFalse(isClosed(), at);
          return died;
        });
  }

  /** Each of them may have swapped, and neither may have been able to say so. */
  @Test
  void aRecoveryIsTakenBackFromWhereverItsRunnersDied() {
    atEachOperation(
        80,
        (operations, before) -> {
          damage();
          boolean died = dies(operations, before, recovery -> recovery.takeOver(plan()));
          // One that has come to its end, or not to its beginning, is followed by another one.
          byte[] wanted = over(store).journal().isOpen() ? NOW_LIVE : live();
          if (died) {
            dies(operations, before, recovery -> recovery.takeOver(plan()));
          }
          String at = at(operations, before);
          if (over(store).journal().isOpen()) {
            recovery(store).abort(plan());
            assertArrayEquals(wanted, live(), at);
          }
          assertFalse(isClosed(), at);
          return died;
        });
  }

  @Test
  void whereverWhoTakesItBackDiedNobodyGoesOnAndTheNextOneTakesItBack() {
    RecoveryPlan stopping =
        plan()
            .beforeOpening(
                new RecoveryStep() {
                  @Override
                  public String name() {
                    return "stops";
                  }

                  @Override
                  public void apply() {
                    throw new IllegalStateException("not yet");
                  }
                });
    atEachOperation(
        10,
        (operations, before) -> {
          damage();
          assertThrows(BackupUnavailableException.class, () -> recovery(store).run(stopping));
          boolean died = dies(operations, before, recovery -> recovery.abort(stopping));
          String at = at(operations, before);
          RecoveryJournal journal = over(store).journal();
          if (journal.isOpen()) {
            if (isBeingTakenBack(journal)) {
              assertThrows(
                  BackupRefusedException.class, () -> recovery(store).takeOver(stopping), at);
            }
            recovery(store).abort(stopping);
          }
          assertArrayEquals(NOW_LIVE, live(), at);
          assertFalse(isClosed(), at);
          return died;
        });
  }

  private static boolean isBeingTakenBack(RecoveryJournal journal) {
    return journal.entries().stream().anyMatch(entry -> entry.kind() == RecoveryEntry.Kind.UNDOING);
  }

  private boolean dies(int operations, boolean before, Consumer<RecoveryService> work) {
    try {
      work.accept(recovery(new MortalStore(store, operations, before)));
      return false;
    } catch (MortalStore.Killed e) {
      time.advance(Duration.ofSeconds(1));
      return true;
    }
  }

  private RecoveryPlan plan() {
    // The restore point is made on a thread of its own, whose death would be none of the runner's.
    return RecoveryPlan.databaseFailure("orders")
        .restorePointWithin(Duration.ZERO)
        .probes(target -> assertTrue(isClosed()));
  }

  private byte[] live() {
    return strategy.bytes.targets.get("live").get("data");
  }

  private boolean isClosed() {
    return maintenance.current().isPresent();
  }

  private RecoveryService recovery(BackupStore over) {
    return RecoveryService.of(over(over), maintenance, AlertSink.none());
  }

  private BackupService over(BackupStore over) {
    return BackupService.builder("orders").strategy(strategy).store(over).time(time).build();
  }

  private static String at(int operations, boolean before) {
    return operations + (before ? " before" : " after");
  }
}
