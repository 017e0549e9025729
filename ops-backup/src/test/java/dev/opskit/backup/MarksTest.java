package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarksTest {
  private final Fixture fixture = new Fixture();
  private final BackupService service = fixture.service;
  private final BackupCatalog catalog = service.catalog();
  private String id = "";

  @BeforeEach
  void backUp() {
    fixture.strategy.with("a", new byte[10]);
    id = service.backupNow().id();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void onlyABackupThatWasReadWholeCounts() {
    assertFalse(marked().counts());
    service.verify(id, VerificationLevel.EXISTS);
    assertEquals(Optional.of(VerificationLevel.EXISTS), marked().verified());
    assertFalse(marked().counts());
    assertEquals(Optional.empty(), catalog.latestRestorable());

    service.verify(id, VerificationLevel.HASHES);

    assertTrue(marked().counts());
    assertEquals(id, catalog.latestRestorable().orElseThrow().id());
  }

  @Test
  void theHighestLevelIsRemembered() {
    service.verify(id);
    service.verify(id, VerificationLevel.EXISTS);

    assertEquals(Optional.of(VerificationLevel.ARCHIVE), marked().verified());
  }

  @Test
  void aDamagedBackupCountsAgainOnlyWhenItWasReadWholeAgain() {
    service.verify(id);
    BlobKey key = fixture.store.chunkKeys().get(0);
    byte[] sound = fixture.store.bytes(key);
    byte[] damaged = sound.clone();
    damaged[0]++;
    fixture.store.blobs.put(key, damaged);
    assertThrows(BackupCorruptException.class, () -> service.restoreInto(id, "copy"));
    assertEquals(Set.of(BackupMark.DAMAGED), marked().marks());
    assertEquals(Optional.empty(), marked().verified());

    fixture.store.blobs.put(key, sound);
    service.verify(id, VerificationLevel.EXISTS);
    assertFalse(marked().counts());
    service.verify(id, VerificationLevel.HASHES);

    assertTrue(marked().counts());
    assertEquals(Set.of(), marked().marks());
  }

  @Test
  void aBackupThatIsFoundDamagedTwiceIsMarkedOnce() {
    fixture.store.delete(fixture.store.chunkKeys().get(0));
    assertThrows(BackupCorruptException.class, () -> service.verify(id));
    assertThrows(BackupCorruptException.class, () -> service.verify(id));

    assertEquals(List.of("00000001.damaged"), markNames());
  }

  @Test
  void marksAreAddedAndNeverTakenAway() {
    catalog.pin(id, "before the migration");
    assertTrue(marked().is(BackupMark.PINNED));
    catalog.unpin(id, "it went well");
    assertFalse(marked().is(BackupMark.PINNED));
    catalog.quarantine(id, "looks odd");
    assertTrue(marked().is(BackupMark.QUARANTINED));
    catalog.release(id, "it is not");
    assertFalse(marked().is(BackupMark.QUARANTINED));

    assertEquals(
        List.of(
            "00000001.pinned", "00000002.unpinned", "00000003.quarantined", "00000004.released"),
        markNames());
  }

  @Test
  void aQuarantinedBackupDoesNotCountHoweverWellItWasVerified() {
    catalog.quarantine(id, "written while the disk was full");
    service.verify(id);

    assertFalse(marked().counts());
    catalog.release(id, "checked by hand");
    assertTrue(marked().counts());
  }

  @Test
  void theOrderIsThatOfTheNumbersAndNotThatOfTheClocks() {
    catalog.pin(id, "one");
    fixture.time.jumpTo(fixture.time.now().minus(Duration.ofDays(1)));
    catalog.unpin(id, "two");

    assertFalse(marked().is(BackupMark.PINNED));
  }

  @Test
  void ofTwoMarksWithOneNumberTheMoreCarefulHasTheLastWord() {
    fixture.store.putIfAbsent(mark("00000001.pinned"), Blob.of(new byte[1]));
    fixture.store.putIfAbsent(mark("00000001.unpinned"), Blob.of(new byte[1]));

    assertTrue(marked().is(BackupMark.PINNED));
  }

  @Test
  void aNumberThatSomebodyElseTookMeanwhileIsNotTakenAgain() {
    MisbehavingStore racing =
        new MisbehavingStore(fixture.store) {
          private int races = 3;

          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            if (races-- > 0) {
              super.putIfAbsent(key, Blob.of(new byte[races + 1]));
            }
            return super.putIfAbsent(key, blob);
          }
        };
    try (BackupService other = fixture.over(racing)) {
      other.catalog().pin(id, "mine");
    }

    assertEquals(4, markNames().size());
  }

  @Test
  void marksOfALaterLibraryAreCountedAndPassedOver() {
    fixture.store.putIfAbsent(mark("00000007.blessed"), Blob.of(new byte[1]));
    catalog.pin(id, "after it");

    assertEquals(Set.of(BackupMark.PINNED), marked().marks());
    assertEquals(List.of("00000007.blessed", "00000008.pinned"), markNames());
  }

  @Test
  void whatIsNotThereCannotBeMarked() {
    String other = "20200101T000000000Z-0123456789abcdef";
    assertThrows(BackupRefusedException.class, () -> catalog.pin(other, "why"));
    assertThrows(BackupRefusedException.class, () -> catalog.quarantine("nonsense", "why"));
    assertEquals(List.of(), markNames());
  }

  @Test
  void aRestorePointIsListedAndNeverTheLatest() {
    service.verify(id);
    fixture.time.advance(Duration.ofHours(1));
    String point = service.restorePointNow().id();
    service.verify(point);

    assertEquals(List.of(point, id), catalog.list().stream().map(BackupRecord::id).toList());
    assertEquals(id, catalog.latest().orElseThrow().id());
    assertEquals(id, catalog.latestRestorable().orElseThrow().id());
  }

  private MarkedBackup marked() {
    return catalog.marked().stream()
        .filter(backup -> backup.backup().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private BlobKey mark(String name) {
    return new BlobKey("v1/orders/marks/" + id + "/" + name + ".jsonl");
  }

  private List<String> markNames() {
    String folder = "v1/orders/marks/" + id + "/";
    return fixture.store.list(folder, "").stream()
        .map(info -> info.key().value().replace(folder, "").replace(".jsonl", ""))
        .toList();
  }
}
