package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.ManualTimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecoveryServiceTest {
  private static final byte[] NOW_LIVE = {1};
  private static final byte[] BACKED_UP = {2, 2};
  private static final byte[] OLDER = {3, 3, 3};
  private static final Alert.Key FAILED =
      new Alert.Key("RecoveryFailed", Map.of("source", "orders"));

  private final ManualTimeSource time = new ManualTimeSource();
  private final SwappingBytes strategy = new SwappingBytes(time);
  private final MemoryStore store = new MemoryStore();
  private final RecordedAlerts alerts = new RecordedAlerts();
  private final Switch maintenance = new Switch();
  private final BackupService backups = over(store);
  private final RecoveryService recovery = RecoveryService.of(backups, maintenance, alerts);
  private final RecoveryPlan plan = RecoveryPlan.databaseFailure("orders");
  private final String older;
  private final String newest;

  static final class Switch implements MaintenanceMode {
    private Optional<MaintenanceWindow> open = Optional.empty();

    @Override
    public void enter(MaintenanceWindow window) {
      open = Optional.of(window);
    }

    @Override
    public void leave() {
      open = Optional.empty();
    }

    @Override
    public Optional<MaintenanceWindow> current() {
      return open;
    }
  }

  private record Own(String name, List<String> log) implements RecoveryStep {
    @Override
    public void apply() {
      log.add("apply " + name);
    }

    @Override
    public void undo() {
      log.add("undo " + name);
    }
  }

  RecoveryServiceTest() {
    strategy.bytes.with("data", OLDER);
    older = proven();
    strategy.bytes.with("data", BACKED_UP);
    newest = proven();
    time.advance(Duration.ofHours(1));
    strategy.bytes.with("data", NOW_LIVE);
    strategy.bytes.targets.put("live", Map.of("data", NOW_LIVE));
  }

  private BackupService over(BackupStore store) {
    return BackupService.builder("orders")
        .strategy(strategy)
        .store(store)
        .time(time)
        .anomalyFactor(100)
        .build();
  }

  private String proven() {
    time.advance(Duration.ofHours(1));
    String id = backups.backupNow().id();
    backups.verify(id);
    return id;
  }

  private byte[] live() {
    return strategy.bytes.targets.get("live").get("data");
  }

  private boolean isClosed() {
    return maintenance.current().isPresent();
  }

  @Test
  void aPlanIsRunFromMaintenanceOnToMaintenanceOff() {
    List<String> log = new ArrayList<>();
    List<String> told = new CopyOnWriteArrayList<>();
    backups.onEvent(
        event -> {
          if (event instanceof BackupEvent.Recovering seen) {
            told.add(seen.step() + " " + seen.number() + " of " + seen.of() + " " + seen.phase());
          }
        });
    RecoveryReport report =
        recovery.run(
            plan.first(new Own("stop-consumers", log))
                .beforeOpening(new Own("warm-cache", log))
                .probes(
                    target -> {
                      assertTrue(isClosed());
                      log.add("probe " + target);
                    }));
    assertEquals(
        List.of("apply stop-consumers", "probe scratch0", "probe live", "apply warm-cache"), log);
    assertArrayEquals(BACKED_UP, live());
    assertFalse(isClosed());
    assertEquals(newest, report.backup());
    assertEquals(Duration.ofHours(1), report.dataLost());
    assertEquals(
        List.of(
            "maintenance-on",
            "stop-consumers",
            "restore-point",
            "restore",
            "warm-cache",
            "maintenance-off"),
        report.steps().stream().map(RecoveryReport.Step::name).toList());
    assertTrue(report.toMarkdown().contains("| `restore` | PT0S | " + newest), report::toMarkdown);
    assertEquals(
        BackupRecord.Kind.RESTORE_POINT, backups.catalog().list().get(0).kind(), "what was live");
    backups.close();
    assertEquals(12, told.size(), told::toString);
    assertEquals("maintenance-on 1 of 6 BEGUN", told.get(0));
    assertEquals("maintenance-off 6 of 6 DONE", told.get(11));
  }

  private void damageTheNewest() {
    BlobKey chunk =
        store.chunkKeys().stream()
            .filter(k -> k.value().contains(newest))
            .findFirst()
            .orElseThrow();
    store.bytes(chunk)[store.bytes(chunk).length / 2] ^= 1;
  }

  @Test
  void whereTheNewestIsDamagedTheNextOlderOneIsRestored() {
    damageTheNewest();
    RecoveryReport report = recovery.run(plan);
    assertEquals(older, report.backup());
    assertArrayEquals(OLDER, live());
    assertTrue(report.steps().get(2).note().contains("not restored: [" + newest), report::toString);
  }

  @Test
  void whatFailsLeavesTheLiveDataAndMaintenanceAndSaysWhatToDoNext() {
    RecoveryPlan picky =
        plan.probes(
            target -> {
              throw new IllegalStateException("no orders in " + target);
            });
    BackupException stopped = assertThrows(BackupRefusedException.class, () -> recovery.run(picky));
    assertTrue(stopped.getMessage().contains("no orders in"), stopped.getMessage());
    assertArrayEquals(NOW_LIVE, live());
    assertTrue(isClosed());
    String summary = alerts.active.get(FAILED).summary();
    assertTrue(
        summary.contains("stopped at step restore")
            && summary.contains("run the plan database-failure again"),
        summary);
    RecoveryReport report = recovery.run(plan);
    assertArrayEquals(BACKED_UP, live());
    assertFalse(isClosed());
    assertTrue(alerts.active.isEmpty());
    assertEquals(4, report.steps().size());
  }

  @Test
  void whereNothingCountsNothingIsTouched() {
    backups.catalog().quarantine(newest, "test");
    backups.catalog().quarantine(older, "test");
    assertThrows(BackupRefusedException.class, () -> recovery.run(plan));
    assertArrayEquals(NOW_LIVE, live());
    assertTrue(isClosed());
    assertTrue(recovery.preview(plan).contains("would fail: no backup counts"));
  }

  @Test
  void oneRunnerAtATimeAndAReplacedOneStopsBeforeItsNextStep() {
    RecoveryService other = RecoveryService.of(over(store), maintenance, alerts);
    List<String> log = new ArrayList<>();
    RecoveryStep slow =
        new RecoveryStep() {
          private boolean once;

          @Override
          public String name() {
            return "slow";
          }

          @Override
          public void apply() {
            if (!once) {
              once = true;
              assertThrows(BackupUnavailableException.class, () -> other.run(planOf(this)));
              log.add(other.takeOver(planOf(this)).backup());
            }
          }
        };
    BackupException replaced =
        assertThrows(BackupUnavailableException.class, () -> recovery.run(planOf(slow)));
    assertTrue(replaced.getMessage().contains("another runner"), replaced.getMessage());
    assertEquals(List.of(newest), log);
    assertFalse(isClosed());
    assertTrue(alerts.active.isEmpty());
  }

  private RecoveryPlan planOf(RecoveryStep step) {
    return plan.first(step);
  }

  @Test
  void whoGoesOnAfterTheRestoreReportsTheBackupThatIsLive() {
    List<String> log = new ArrayList<>();
    RecoveryStep failsAtFirst =
        new RecoveryStep() {
          @Override
          public String name() {
            return "fails-at-first";
          }

          @Override
          public void apply() {
            log.add("apply");
            assertTrue(log.size() > 1, "not yet");
          }
        };
    RecoveryPlan stopping = plan.beforeOpening(failsAtFirst);
    assertThrows(AssertionError.class, () -> recovery.run(stopping));
    RecoveryReport report = RecoveryService.of(over(store), maintenance, alerts).takeOver(stopping);
    assertEquals(newest, report.backup());
    assertEquals(Duration.ofHours(1), report.dataLost());
  }

  @Test
  void whatWasRunCanBeTakenBack() {
    List<String> log = new ArrayList<>();
    RecoveryStep fails =
        new RecoveryStep() {
          @Override
          public String name() {
            return "fails";
          }

          @Override
          public void apply() {
            throw new IllegalStateException("no cache");
          }
        };
    RecoveryPlan failing =
        plan.first(new Own("one", log)).beforeOpening(new Own("two", log)).beforeOpening(fails);
    assertThrows(BackupUnavailableException.class, () -> recovery.run(failing));
    assertArrayEquals(BACKED_UP, live());
    assertTrue(isClosed());
    recovery.abort(failing);
    assertArrayEquals(NOW_LIVE, live());
    assertFalse(isClosed());
    assertEquals(List.of("apply one", "apply two", "undo two", "undo one"), log);
    assertThrows(BackupRefusedException.class, () -> recovery.abort(failing));
    assertTrue(alerts.active.isEmpty());
  }

  @Test
  void anotherPlanHasToWaitUntilTheFirstIsOver() {
    strategy.swapFails = true;
    assertThrows(BackupUnavailableException.class, () -> recovery.run(plan));
    BackupRefusedException refused =
        assertThrows(
            BackupRefusedException.class,
            () -> recovery.run(RecoveryPlan.completeOutage("orders")));
    assertTrue(refused.getMessage().contains("by the plan database-failure"), refused.getMessage());
  }

  @Test
  void whatCannotBeSavedInTimeIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    strategy.bytes.duringTheDump =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    RecoveryReport report = recovery.run(plan.restorePointWithin(Duration.ofMillis(50)));
    assertTrue(report.steps().get(1).note().startsWith("none: not ready within"));
    assertArrayEquals(BACKED_UP, live());
  }

  @Test
  void afterACompleteOutageThereIsNothingToSave() {
    strategy.bytes.targets.remove("live");
    RecoveryReport report = recovery.run(RecoveryPlan.completeOutage("orders"));
    assertEquals(
        List.of("maintenance-on", "globals", "restore", "maintenance-off"),
        report.steps().stream().map(RecoveryReport.Step::name).toList());
    assertArrayEquals(BACKED_UP, live());
  }

  private static final class Spare implements RecoveryTarget {
    final SwappingBytes strategy;
    final List<String> log;
    boolean isUnreachable;
    boolean cannotBeHandedOver;

    Spare(SwappingBytes strategy, List<String> log) {
      this.strategy = strategy;
      this.log = log;
    }

    @Override
    public BackupStrategy provide() throws IOException {
      log.add("provide");
      if (isUnreachable) {
        throw new IOException("the cloud is full");
      }
      return strategy;
    }

    @Override
    public void handOver() throws IOException {
      log.add("hand over");
      if (cannotBeHandedOver) {
        throw new IOException("no such record");
      }
    }
  }

  private final List<String> spareLog = new ArrayList<>();
  private final Spare spare = new Spare(new SwappingBytes(time), spareLog);
  private final RecoveryPlan outage = RecoveryPlan.completeOutage("orders", spare);

  private byte[] liveAtTheSpare() {
    return spare.strategy.bytes.targets.get("live").get("data");
  }

  @Test
  void whatIsLostIsRestoredAtTheTargetAndHandedOver() {
    spare.strategy.missing.add("role clerk");
    RecoveryReport report =
        recovery.run(
            outage
                .first(new Own("stop-consumers", spareLog))
                .beforeOpening(new Own("set-passwords", spareLog))
                .probes(target -> spareLog.add((isClosed() ? "closed, " : "open, ") + target)));
    assertEquals(
        List.of(
            "apply stop-consumers",
            "provide",
            "closed, scratch0",
            "closed, live",
            "apply set-passwords",
            "hand over"),
        spareLog);
    assertArrayEquals(BACKED_UP, liveAtTheSpare());
    assertArrayEquals(NOW_LIVE, live(), "the server that is lost was touched");
    assertFalse(isClosed());
    assertEquals("created: [role clerk]", report.steps().get(3).note());
    assertEquals(
        List.of(
            "maintenance-on",
            "stop-consumers",
            "target",
            "globals",
            "restore",
            "set-passwords",
            "hand-over",
            "maintenance-off"),
        report.steps().stream().map(RecoveryReport.Step::name).toList());
  }

  @Test
  void nothingIsRestoredWhereThereIsNoTarget() {
    spare.isUnreachable = true;
    BackupException stopped =
        assertThrows(BackupUnavailableException.class, () -> recovery.run(outage));
    assertEquals("step target failed: the cloud is full", stopped.getMessage());
    assertTrue(spare.strategy.bytes.targets.isEmpty());
    assertTrue(isClosed());
  }

  @Test
  void whoGoesOnAsksForTheTargetAgainAndRestoresNothingTwice() {
    spare.cannotBeHandedOver = true;
    assertThrows(BackupUnavailableException.class, () -> recovery.run(outage));
    assertTrue(isClosed());
    spare.cannotBeHandedOver = false;
    RecoveryReport report =
        RecoveryService.of(over(store), maintenance, alerts)
            .run(outage.probes(target -> spareLog.add("probe")));
    assertEquals(List.of("provide", "hand over", "provide", "hand over"), spareLog);
    assertEquals(newest, report.backup());
    assertArrayEquals(BACKED_UP, liveAtTheSpare());
    assertFalse(isClosed());
  }

  @Test
  void anOutageGoesBackToTheOlderBackupIfTheNewestIsDamaged() {
    damageTheNewest();
    RecoveryReport report = recovery.run(outage);
    assertEquals(older, report.backup());
    assertArrayEquals(OLDER, liveAtTheSpare());
  }

  @Test
  void whereNothingWasLiveThereIsNothingToGoBackTo() {
    spare.cannotBeHandedOver = true;
    assertThrows(BackupUnavailableException.class, () -> recovery.run(outage));
    BackupException refused =
        assertThrows(BackupRefusedException.class, () -> recovery.abort(outage));
    assertTrue(refused.getMessage().contains("nothing was live before"), refused.getMessage());
    assertTrue(isClosed());
    spare.cannotBeHandedOver = false;
    recovery.run(outage);
    assertArrayEquals(BACKED_UP, liveAtTheSpare());
    assertFalse(isClosed());
  }

  @Test
  void aPreviewSaysWhatWouldBeDoneAndChangesNothing() {
    backups.restores().drill(newest);
    int before = store.blobs.size();
    String preview = recovery.preview(plan);
    assertEquals(
        "plan database-failure of orders\n"
            + "would restore backup "
            + newest
            + "; what was written in the last PT1H would be lost\n"
            + "1. maintenance-on\n2. restore-point\n3. restore, PT0S by the last drills\n"
            + "4. maintenance-off\n",
        preview);
    assertEquals(before, store.blobs.size());
    assertFalse(isClosed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "restore", "Warm", "a b"})
  void aStepsNameIsWellFormedAndFree(String name) {
    assertThrows(
        IllegalArgumentException.class, () -> plan.first(new Own(name, new ArrayList<>())));
    RecoveryPlan more = plan.first(new Own("one", new ArrayList<>()));
    assertThrows(
        IllegalArgumentException.class,
        () -> more.beforeOpening(new Own("one", new ArrayList<>())));
  }

  @Test
  void thePlanIsAboutTheSourceOfTheBackups() {
    BackupRefusedException refused =
        assertThrows(
            BackupRefusedException.class,
            () -> recovery.run(RecoveryPlan.databaseFailure("stock")));
    assertEquals("the plan is about 'stock', the backups are of 'orders'", refused.getMessage());
  }
}
