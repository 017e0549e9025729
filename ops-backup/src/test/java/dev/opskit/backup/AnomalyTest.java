package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnomalyTest {
  private static final Alert.Key SUSPECT =
      new Alert.Key("BackupSuspect", Map.of("source", "orders"));

  private final Fixture fixture = new Fixture();
  private final BackupService service = fixture.service;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aBackupOfLessThanHalfTheUsualSizeIsSuspectAndDoesNotCount() {
    take(1000, 1000, 1200);
    assertEquals(Optional.empty(), take(500).suspicion());

    BackupRecord small = take(499);

    assertEquals(
        Optional.of("499 bytes, while the median of the last 4 is 1000"), small.suspicion());
    assertEquals(small, service.catalog().latest().orElseThrow());
    assertEquals(500, service.catalog().latestRestorable().orElseThrow().plainBytes());
    assertTrue(fixture.alerts.active.containsKey(SUSPECT));
    take(1000);
    assertFalse(fixture.alerts.active.containsKey(SUSPECT));
  }

  @Test
  void soIsOneOfMoreThanTwiceTheSize() {
    take(1000, 1000, 1000);
    assertTrue(take(2001).suspicion().isPresent());
  }

  @Test
  void onceAcceptedItCountsAndTheNextOfItsSizeIsNormal() {
    take(1000, 1000, 1000, 1000, 1000);
    BackupRecord small = take(10);
    assertTrue(take(10).suspicion().isPresent());

    service.catalog().accept(small.id(), "the archive table was moved away");

    assertEquals(small, service.catalog().latestRestorable().orElseThrow());
    assertEquals(Optional.empty(), take(10).suspicion());
  }

  @Test
  void theFirstThreeHaveNothingToBeComparedWith() {
    for (int size : new int[] {1000, 1, 1_000_000}) {
      assertEquals(Optional.empty(), take(size).suspicion());
    }
  }

  @Test
  void onlyBackupsThatCountAreComparedWith() {
    fixture.strategy.with("a", new byte[1]);
    for (int i = 0; i < 5; i++) {
      service.backupNow();
      fixture.time.advance(Duration.ofHours(1));
    }
    assertEquals(Optional.empty(), take(1000).suspicion());
  }

  @Test
  void rowsThatTheStrategyTellsAreCompared() {
    for (String rows : List.of("100", "110", "90")) {
      fixture.strategy.facts.put("rows", rows);
      take(1000);
    }
    fixture.strategy.facts.put("rows", "44");

    assertEquals(
        Optional.of("44 rows, while the median of the last 3 is 100"), take(1000).suspicion());
  }

  @Test
  void rowsThatNobodyUnderstandsAreNotCompared() {
    take(1000, 1000, 1000);
    for (String rows : List.of("44", "many", "")) {
      fixture.strategy.facts.put("rows", rows);
      assertEquals(Optional.empty(), take(1000).suspicion());
    }
  }

  @Test
  void aRestorePointIsNeverSuspectAndNeverComparedWith() {
    take(1000, 1000, 1000);
    fixture.strategy.with("a", new byte[1]);
    for (int i = 0; i < 8; i++) {
      BackupRecord point = service.restorePointNow();
      assertEquals(Optional.empty(), point.suspicion());
      service.verify(point.id());
      fixture.time.advance(Duration.ofHours(1));
    }
    assertEquals(Optional.empty(), take(1000).suspicion());
  }

  @Test
  void aStoreThatMayOnlyBeWrittenToCanStillBeBackedUpTo() {
    BackupStore writeOnly =
        new MisbehavingStore(fixture.store) {
          @Override
          public List<BlobInfo> list(String prefix, String startAfter) {
            throw new BackupRefusedException("no right to list");
          }
        };
    fixture.strategy.with("a", new byte[10]);
    try (BackupService other = fixture.over(writeOnly)) {
      assertEquals(Optional.empty(), other.backupNow().suspicion());
    }
  }

  @Test
  void aFactorBelowOneIsRefused() {
    for (double factor : new double[] {0.99, Double.NaN}) {
      BackupServiceBuilder builder =
          BackupService.builder("orders").strategy(fixture.strategy).store(fixture.store);
      assertThrows(IllegalArgumentException.class, builder.anomalyFactor(factor)::build);
    }
  }

  /** Takes and verifies backups of these sizes, an hour apart. */
  private BackupRecord take(int... sizes) {
    @Nullable BackupRecord last = null;
    for (int size : sizes) {
      fixture.strategy.with("a", new byte[size]);
      last = service.backupNow();
      service.verify(last.id());
      fixture.time.advance(Duration.ofHours(1));
    }
    return Objects.requireNonNull(last);
  }
}
