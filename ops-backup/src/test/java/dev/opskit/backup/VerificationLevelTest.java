package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each level finds what it is there to find, and reads no more than it must. */
class VerificationLevelTest {
  private final Fixture fixture = new Fixture();
  private final Checksummed store = new Checksummed(fixture.store);
  private final BackupService service = fixture.over(store);
  private String id = "";
  private BlobKey chunk = new BlobKey("none");

  @BeforeEach
  void backUp() {
    fixture.strategy.with("a", new byte[10]).with("b", new byte[10]);
    id = service.backupNow().id();
    chunk = fixture.store.chunkKeys().get(1);
  }

  @AfterEach
  void close() {
    service.close();
    fixture.close();
  }

  @Test
  void everyLevelFindsAChunkThatIsMissingOrOfAnotherLength() {
    byte[] sound = fixture.store.bytes(chunk);
    for (VerificationLevel level : VerificationLevel.values()) {
      assertEquals(level, service.verify(id, level).level());
      fixture.store.delete(chunk);
      assertThrows(BackupCorruptException.class, () -> service.verify(id, level), "" + level);
      fixture.store.blobs.put(chunk, new byte[sound.length + 1]);
      assertThrows(BackupCorruptException.class, () -> service.verify(id, level), "" + level);
      fixture.store.blobs.put(chunk, sound);
    }
  }

  @Test
  void fromChecksumsOnAChangedByteIsFound() {
    fixture.store.bytes(chunk)[5]++;

    service.verify(id, VerificationLevel.EXISTS);
    assertThrows(
        BackupCorruptException.class, () -> service.verify(id, VerificationLevel.CHECKSUMS));
    assertThrows(BackupCorruptException.class, () -> service.verify(id, VerificationLevel.HASHES));
  }

  @Test
  void theLowerTwoReadNoChunk() {
    service.verify(id, VerificationLevel.CHECKSUMS);
    assertEquals(0, store.chunksOpened);
    service.verify(id, VerificationLevel.HASHES);
    assertEquals(2, store.chunksOpened);
  }

  @Test
  void aStoreThatTellsNoChecksumIsNotBelieved() {
    assertThrows(
        BackupRefusedException.class,
        () -> fixture.service.verify(id, VerificationLevel.CHECKSUMS));
    store.tells = false;
    BackupRefusedException refusal =
        assertThrows(
            BackupRefusedException.class, () -> service.verify(id, VerificationLevel.CHECKSUMS));
    assertEquals(BackupRefusedException.class, refusal.getClass(), "it is not damaged");
    assertTrue(service.catalog().marked().get(0).verified().isEmpty());
  }

  @Test
  void onlyTheArchiveLevelAsksTheStrategy() {
    fixture.strategy.doesNotUnderstand = true;

    service.verify(id, VerificationLevel.HASHES);

    assertThrows(BackupCorruptException.class, () -> service.verify(id));
  }

  private static final class Checksummed extends MisbehavingStore implements ChecksummedStore {
    private final MemoryStore blobs;
    private boolean tells = true;
    private int chunksOpened;

    Checksummed(MemoryStore blobs) {
      super(blobs);
      this.blobs = blobs;
    }

    @Override
    public Optional<String> sha256(BlobKey key) {
      return Optional.ofNullable(blobs.blobs.get(key))
          .filter(bytes -> tells)
          .map(bytes -> Blob.of(bytes).sha256());
    }

    @Override
    public Optional<InputStream> open(BlobKey key) {
      chunksOpened += key.value().contains("/chunks/") ? 1 : 0;
      return super.open(key);
    }
  }
}
