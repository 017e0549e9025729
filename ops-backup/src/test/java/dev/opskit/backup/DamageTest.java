package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever was changed in the store after the commit is found before anything is loaded. */
class DamageTest {
  private final Fixture fixture = new Fixture();
  private final MemoryStore store = fixture.store;
  private String id = "";

  @BeforeEach
  void backUp() {
    fixture.strategy.with("a", Fixture.randomBytes(5000)).with("b", new byte[5000]);
    id = fixture.service.backupNow().id();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void flippedBitsInChunksAreFound() {
    Random random = new Random(1);
    for (BlobKey key : store.chunkKeys()) {
      for (int i = 0; i < 100; i++) {
        refusedWith(key, bytes -> flip(bytes, random.nextInt(bytes.length * 8)));
      }
    }
  }

  @Test
  void flippedBitsInTheManifestAreFound() {
    BlobKey key = store.manifestKey();
    for (int bit = 0; bit < store.bytes(key).length * 8; bit++) {
      int flipped = bit;
      refusedWith(key, bytes -> flip(bytes, flipped));
    }
  }

  @Test
  void truncationAndGrowthAreFound() {
    for (BlobKey key : List.copyOf(store.blobs.keySet())) {
      refusedWith(key, bytes -> new byte[0]);
      refusedWith(key, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
      refusedWith(key, bytes -> Arrays.copyOf(bytes, bytes.length + 1));
    }
  }

  @Test
  void missingAndSwappedChunksAreFound() {
    List<BlobKey> keys = store.chunkKeys();
    byte[] first = store.bytes(keys.get(0));
    byte[] second = store.bytes(keys.get(1));
    refusedWith(keys.get(0), bytes -> second);
    store.blobs.put(keys.get(1), first);
    refusedWith(keys.get(0), bytes -> second);
    store.blobs.put(keys.get(1), second);

    store.delete(keys.get(1));

    refused();
  }

  @Test
  void aChunkThatCannotBeUnpackedIsDamagedWhateverTheManifestSaysOfIt() {
    BlobKey chunk = store.chunkKeys().get(0);
    BlobKey key = store.manifestKey();
    String line = new String(SealedJson.open(store.bytes(key), key), StandardCharsets.UTF_8);
    byte[] noFrame = Fixture.randomBytes(store.bytes(chunk).length);
    byte[] forged =
        line.replace(Blob.of(store.bytes(chunk)).sha256(), Blob.of(noFrame).sha256())
            .getBytes(StandardCharsets.UTF_8);
    store.blobs.put(chunk, noFrame);
    store.blobs.put(key, SealedJson.seal(forged));

    refused();
  }

  @Test
  void aManifestUnderTheNameOfAnotherBackupIsFound() {
    BlobKey genuine = store.manifestKey();
    String forged = genuine.value().replace(id, "20260101T000000000Z-0123456789abcdef");
    store.blobs.put(new BlobKey(forged), store.bytes(genuine));
    store.delete(genuine);

    assertEquals(Optional.empty(), fixture.over(store).catalog().latest());
  }

  @Test
  void aDamagedManifestIsLeftOutAndTheBackupBeforeItIsTheLatest() {
    fixture.time.advance(java.time.Duration.ofDays(1));
    String newer = fixture.service.backupNow().id();
    BlobKey key =
        store.blobs.keySet().stream()
            .filter(k -> k.value().contains("/manifests/" + newer))
            .findFirst()
            .orElseThrow();
    store.blobs.put(key, flip(store.bytes(key), 99));

    assertEquals(id, fixture.over(store).catalog().latest().orElseThrow().id());
    assertEquals(1, fixture.over(store).catalog().list().size());
  }

  @Test
  void theAlertNamesTheDamagedBackupAndEndsWhenItIsSoundAgain() {
    BlobKey key = store.chunkKeys().get(0);
    byte[] sound = store.bytes(key);
    store.blobs.put(key, flip(sound, 3));
    assertThrows(BackupCorruptException.class, () -> fixture.service.verify(id));
    assertTrue(fixture.alerts.active.containsKey(RecordedAlerts.corrupt("orders", id)));

    store.blobs.put(key, sound);
    fixture.service.verify(id);

    assertTrue(fixture.alerts.active.isEmpty());
  }

  private void refusedWith(BlobKey key, UnaryOperator<byte[]> damage) {
    byte[] sound = store.bytes(key);
    store.blobs.put(key, damage.apply(sound.clone()));
    refused();
    store.blobs.put(key, sound);
  }

  private void refused() {
    assertThrows(BackupCorruptException.class, () -> fixture.service.verify(id));
    assertThrows(BackupCorruptException.class, () -> fixture.service.restoreInto(id, "copy"));
    assertEquals(0, fixture.strategy.restores);
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }
}
