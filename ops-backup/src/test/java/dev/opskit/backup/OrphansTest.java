package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrphansTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Fixture fixture = new Fixture();
  private final MemoryStore store = fixture.store;
  private final BackupService service = fixture.service;

  /** Another process over the same store. */
  private final BackupService other = fixture.over(store);

  @AfterEach
  void close() {
    other.close();
    fixture.close();
  }

  @Test
  void whatAFailedRunHasLeftGoesWhenItIsOldEnough() {
    fixture.strategy.with("a", new byte[10]).with("b", new byte[10]);
    String good = service.backupNow().id();
    fail();
    assertEquals(4, store.chunkKeys().size());

    fixture.time.advance(DAY.minusSeconds(1));
    OrphanReport early = service.collectOrphans();
    assertEquals(List.of(), early.collected());
    assertEquals(1, early.waiting().size());
    fixture.time.advance(Duration.ofSeconds(1));
    OrphanReport report = service.collectOrphans();

    assertEquals(early.waiting(), report.collected());
    assertEquals(2, report.blobs());
    assertTrue(report.bytes() > 0);
    assertEquals(2, store.chunkKeys().size());
    service.verify(good);
    assertEquals(List.of(good), service.catalog().list().stream().map(BackupRecord::id).toList());
  }

  @Test
  void aRunOfThisServiceIsLeftAloneHoweverOldItIs() {
    fixture.strategy.with("a", new byte[10]).duringTheDump =
        () -> {
          fixture.time.advance(DAY.multipliedBy(9));
          assertEquals(1, service.collectOrphans().waiting().size());
        };
    service.verify(service.backupNow().id());
  }

  @Test
  void aRunThatAnotherProcessTookForDeadCannotCommit() {
    fixture.strategy.with("a", new byte[10]).duringTheDump =
        () -> {
          // The clock of the other is wrong by a year.
          Instant right = fixture.time.now();
          fixture.time.jumpTo(right.plus(Duration.ofDays(365)));
          assertEquals(1, other.collectOrphans().collected().size());
          fixture.time.jumpTo(right);
        };
    BackupRefusedException refusal = assertThrows(BackupRefusedException.class, service::backupNow);

    assertTrue(refusal.getMessage().contains("tombstone"), refusal.getMessage());
    assertEquals(List.of(), service.catalog().list());
    fixture.strategy.duringTheDump = null;
    service.verify(service.backupNow().id());
  }

  @Test
  void aRunThatCommitsInTheMiddleOfACollectionKeepsItsChunks() {
    fixture.strategy.with("a", new byte[10]);
    BackupStore slow =
        new MisbehavingStore(store) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            if (key.value().contains("/manifests/")) {
              // The tombstone arrives after the manifest.
              assertTrue(store.putIfAbsent(key, Blob.of(new byte[99])));
            }
            return super.putIfAbsent(key, blob);
          }
        };
    fail();
    fixture.time.advance(DAY);
    try (BackupService collector = fixture.over(slow)) {
      assertEquals(List.of(), collector.collectOrphans().collected());
    }
    assertEquals(1, store.chunkKeys().size());
  }

  @Test
  void aLongRunTellsThatItLives() {
    int chunk = Chunks.PLAIN_BYTES;
    fixture.strategy.with("a", new byte[chunk]).with("b", new byte[chunk]).with("c", new byte[1]);
    BackupStore slow =
        new MisbehavingStore(store) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            if (key.value().contains("/chunks/")) {
              fixture.time.advance(Duration.ofHours(20));
              assertEquals(List.of(), other.collectOrphans().collected());
            }
            return super.putIfAbsent(key, blob);
          }
        };
    try (BackupService running = fixture.over(slow)) {
      other.verify(running.backupNow().id());
    }
    assertTrue(anyKeyContains("/runs/"));
    other.collectOrphans();
    assertFalse(anyKeyContains("/runs/"), "the signs of life of a committed run are left");
  }

  @Test
  void aManifestThatCannotBeReadProtectsItsChunks() {
    fixture.strategy.with("a", new byte[10]);
    service.backupNow();
    store.blobs.put(store.manifestKey(), new byte[5]);
    fixture.time.advance(DAY.multipliedBy(30));

    assertEquals(List.of(), other.collectOrphans().collected());
    assertEquals(1, store.chunkKeys().size());
    store.delete(store.chunkKeys().get(0));
    fixture.time.advance(DAY.multipliedBy(90));
    other.collectOrphans();
    assertEquals(1, store.blobs.size(), "it is no tombstone");
  }

  @Test
  void aClockThatIsBehindCollectsNothing() {
    fixture.strategy.with("a", new byte[10]);
    fail();
    fixture.time.jumpTo(fixture.time.now().minus(Duration.ofDays(365)));

    assertEquals(1, service.collectOrphans().waiting().size());
  }

  @Test
  void tombstonesGoAfterNinetyDaysAndAreNeverShown() {
    fixture.strategy.with("a", new byte[10]);
    fail();
    fixture.time.advance(DAY);
    String id = service.collectOrphans().collected().get(0);
    assertThrows(BackupRefusedException.class, () -> service.verify(id));
    assertEquals(List.of(), other.catalog().list());

    fixture.time.advance(Duration.ofDays(89));
    service.collectOrphans();
    assertEquals(1, store.blobs.size());
    fixture.time.advance(Duration.ofSeconds(1));
    service.collectOrphans();

    assertEquals(0, store.blobs.size());
  }

  @Test
  void theAgeHasALowerLimit() {
    BackupServiceBuilder builder =
        BackupService.builder("orders").strategy(fixture.strategy).store(store);
    String told =
        assertThrows(
                IllegalArgumentException.class, builder.orphanAge(Duration.ofMinutes(119))::build)
            .getMessage();
    assertTrue(told.startsWith("orphanAge is PT1H59M"), told);
  }

  private void fail() {
    fixture.strategy.afterTheDump = new IOException("killed");
    assertThrows(BackupUnavailableException.class, service::backupNow);
    fixture.strategy.afterTheDump = null;
  }

  private boolean anyKeyContains(String part) {
    return store.blobs.keySet().stream().anyMatch(key -> key.value().contains(part));
  }
}
