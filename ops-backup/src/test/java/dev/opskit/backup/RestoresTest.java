package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestoresTest {
  private static final byte[] NOW_LIVE = {1};
  private static final byte[] BACKED_UP = {2, 2};

  private static final Alert.Key FAILED =
      new Alert.Key("BackupDrillFailed", Map.of("source", "orders"));

  private final ManualTimeSource time = new ManualTimeSource();
  private final SwappingBytes strategy = new SwappingBytes(time);
  private final RecordedAlerts alerts = new RecordedAlerts();
  private final BackupService service =
      BackupService.builder("orders")
          .strategy(strategy)
          .store(new MemoryStore())
          .alerts(alerts)
          .time(time)
          .build();
  private final Restores restores = service.restores();
  private final String id;

  RestoresTest() {
    strategy.bytes.with("data", BACKED_UP);
    id = service.backupNow().id();
    strategy.bytes.targets.put("live", Map.of("data", NOW_LIVE));
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void theBackupIsLiveAndPinnedNoLonger() {
    List<String> probed = new ArrayList<>();

    RestorePoint old = restores.swapIn(id, probed::add).orElseThrow();

    assertArrayEquals(BACKED_UP, live());
    assertArrayEquals(NOW_LIVE, strategy.bytes.targets.get(old.target()).get("data"));
    assertEquals(List.of("scratch0", "live"), probed);
    assertEquals(Set.of(), mark());
    assertEquals(2, strategy.bytes.targets.size());
  }

  @Test
  void itIsPinnedMeanwhileAndStaysSoIfItWas() {
    restores.swapIn(id, target -> assertTrue(mark().contains(BackupMark.PINNED)));
    assertEquals(Set.of(), mark());

    service.catalog().pin(id, "the auditor wants it");
    restores.swapIn(id);

    assertEquals(Set.of(BackupMark.PINNED), mark());
  }

  @Test
  void whatDiffersIsNotSwappedInAndDoesNotCountAnyMore() {
    service.verify(id);
    strategy.differences.add("rows public.orders is '1', was '2'");

    BackupRefusedException refused =
        assertThrows(BackupRefusedException.class, () -> restores.swapIn(id));

    assertTrue(refused.getMessage().contains("rows public.orders"), refused.getMessage());
    assertArrayEquals(NOW_LIVE, live());
    assertEquals(Set.of(BackupMark.QUARANTINED), mark());
    assertEquals(Optional.empty(), service.catalog().latestRestorable());
    assertEquals(1, strategy.bytes.targets.size(), "the scratch target is left");
  }

  @Test
  void aProbeThatFailsBeforeChangesNothingAndOneAfterwardsSwapsBack() {
    assertThrows(BackupRefusedException.class, () -> restores.swapIn(id, target -> fail()));
    assertArrayEquals(NOW_LIVE, live());
    assertEquals(List.of(), restores.points());

    BackupRefusedException late =
        assertThrows(BackupRefusedException.class, () -> restores.swapIn(id, this::failIfLive));
    assertTrue(late.getMessage().contains("the old data is live again"), late.getMessage());
    assertArrayEquals(NOW_LIVE, live());
    assertEquals(1, restores.points().size(), "what was restored is kept");
  }

  @Test
  void aSwapThatFailsLeavesNothing() {
    strategy.swapFails = true;

    assertThrows(BackupUnavailableException.class, () -> restores.swapIn(id));

    assertArrayEquals(NOW_LIVE, live());
    assertEquals(1, strategy.bytes.targets.size());
    assertEquals(Set.of(), mark());
  }

  @Test
  void allThatIsInTheWayIsToldBeforeAnythingIsRead() {
    strategy.problems.add(new BackupProblem("no space", "make room"));
    strategy.problems.add(new BackupProblem("no role app", "CREATE ROLE app"));

    BackupRefusedException refused =
        assertThrows(BackupRefusedException.class, () -> restores.swapIn(id));

    assertEquals("no space: make room; no role app: CREATE ROLE app", refused.getMessage());
    assertThrows(BackupRefusedException.class, () -> restores.drill(id));
    assertThrows(BackupRefusedException.class, () -> service.restoreInto(id, "copy"));
    assertEquals(strategy.problems, restores.preflight(id));
    assertEquals(0, strategy.bytes.restores);
  }

  @Test
  void anUndoCanBeUndone() {
    restores.swapIn(id);
    time.advance(Duration.ofMinutes(1));
    restores.undo();
    assertArrayEquals(NOW_LIVE, live());
    time.advance(Duration.ofMinutes(1));
    restores.undo();
    assertArrayEquals(BACKED_UP, live());
  }

  @Test
  void withoutARestorePointThereIsNothingToUndo() {
    assertThrows(BackupRefusedException.class, restores::undo);
  }

  @Test
  void restorePointsAreDroppedAfterTheirWindowOnly() {
    restores.swapIn(id);
    time.advance(Duration.ofHours(72));
    assertEquals(List.of(), restores.dropExpired());
    time.advance(Duration.ofMillis(1));
    assertEquals(1, restores.dropExpired().size());
    assertEquals(List.of(), restores.points());
  }

  @Test
  void aDrillLeavesNothingButItsMark() {
    DrillReport report = restores.drill(id, target -> time.advance(Duration.ofSeconds(3)));

    assertEquals(new DrillReport(id, 2, Duration.ofSeconds(3)), report);
    assertEquals(Set.of(BackupMark.DRILLED), mark());
    assertEquals(Set.of("live"), strategy.bytes.targets.keySet());
  }

  @Test
  void theMedianOfTheLastDrillsIsThePrediction() {
    assertEquals(Optional.empty(), restores.predictedTime(id));
    for (int seconds : new int[] {4, 60, 6}) {
      restores.drill(id, target -> time.advance(Duration.ofSeconds(seconds)));
    }
    assertEquals(Optional.of(Duration.ofSeconds(6)), restores.predictedTime(id));

    strategy.bytes.with("data", new byte[4]);
    assertEquals(
        Optional.of(Duration.ofSeconds(12)), restores.predictedTime(service.backupNow().id()));
  }

  @Test
  void aDrillThatFailsRaisesAnAlertUntilOneSucceeds() {
    assertThrows(BackupRefusedException.class, () -> restores.drill(id, target -> fail()));
    assertEquals(Set.of(FAILED), alerts.active.keySet());
    assertEquals(Set.of(), mark());

    restores.drill(id);
    assertEquals(Set.of(), alerts.active.keySet());
  }

  @Test
  void aStrategyThatCannotIsRefused() {
    try (Fixture fixture = new Fixture()) {
      Restores plain = fixture.service.restores();
      assertThrows(BackupRefusedException.class, () -> plain.swapIn(id));
      assertThrows(BackupRefusedException.class, () -> plain.inPlace(id));
      assertThrows(BackupRefusedException.class, () -> plain.drill(id));
      assertThrows(BackupRefusedException.class, plain::points);
    }
  }

  @Test
  void aStoreThatCannotBeWrittenIsAProblemBeforeTheBackup() {
    assertEquals(List.of(), service.preflight());
    assertEquals(List.of(), service.preflight());
    BackupStore store =
        new MisbehavingStore(new MemoryStore()) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            throw new BackupRefusedException("read-only");
          }
        };
    strategy.problems.add(new BackupProblem("no space", "make room"));
    try (BackupService refused =
        BackupService.builder("orders").strategy(strategy).store(store).build()) {
      List<BackupProblem> problems = refused.preflight();
      assertEquals("the store cannot be written", problems.get(0).what());
      assertEquals("no space", problems.get(problems.size() - 1).what());
    }
  }

  private byte[] live() {
    return strategy.bytes.targets.get("live").get("data");
  }

  private Set<BackupMark> mark() {
    return service.catalog().marked().get(0).marks();
  }

  private void failIfLive(String target) {
    if (target.equals("live")) {
      fail();
    }
  }

  private static void fail() {
    throw new IllegalStateException("too few orders");
  }
}
