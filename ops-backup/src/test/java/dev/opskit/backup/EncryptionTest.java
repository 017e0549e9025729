package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
  private static final byte[] CANARY =
      "CANARY-5f1d7c, a customer's name".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private final Fixture fixture = new Fixture();
  private final TestKeys ours = new TestKeys("ours");
  private final TestKeys safe = new TestKeys("in-the-safe");

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatWasDumpedIsRestoredAndNothingOfItIsInTheStore() {
    for (Compression compression : List.of(Compression.zstd(3), Compression.NONE)) {
      fixture.strategy.with("a", CANARY).with("b", Fixture.randomBytes(200_000));
      try (BackupService service = builder().compression(compression).encryption(ours).build()) {
        String id = service.backupNow().id();
        service.verify(id);
        service.restoreInto(id, "copy");

        assertArrayEquals(CANARY, fixture.strategy.targets.get("copy").get("a"));
        fixture.store.blobs.forEach(
            (key, bytes) -> assertFalse(contains(bytes, CANARY), () -> "readable in " + key));
        assertTrue(fixture.store.chunkKeys().get(0).value().endsWith(".aes"));
      }
    }
  }

  @Test
  void anyOneOfTheRecipientsCanRead() {
    fixture.strategy.with("a", CANARY);
    String id;
    try (BackupService service = builder().encryption(ours, safe).build()) {
      id = service.backupNow().id();
    }
    for (TestKeys one : List.of(ours, safe)) {
      try (BackupService service = builder().encryption(new TestKeys("another"), one).build()) {
        service.restoreInto(id, "copy-" + one);
        assertArrayEquals(CANARY, fixture.strategy.targets.get("copy-" + one).get("a"));
      }
    }
  }

  @Test
  void eachBackupHasAKeyOfItsOwnAndAllArraysAreWiped() {
    fixture.strategy.with("a", CANARY);
    try (BackupService service = builder().encryption(ours, safe).build()) {
      String one = service.backupNow().id();
      String other = service.backupNow().id();
      service.verify(one);
      service.verify(other);
    }
    List<BlobKey> manifests =
        fixture.store.blobs.keySet().stream()
            .filter(key -> key.value().contains("manifests"))
            .toList();
    assertEquals(2, manifests.stream().map(this::keysOf).distinct().count());
    assertEquals(4, ours.given.size());
    for (byte[] array : ours.given) {
      assertArrayEquals(new byte[32], array);
    }
  }

  @Test
  void withoutTheKeyTheErrorNamesItAndTheBackupIsNotCalledDamaged() {
    fixture.strategy.with("a", CANARY);
    String id;
    try (BackupService service = builder().encryption(ours, safe).build()) {
      id = service.backupNow().id();
    }
    for (BackupService without :
        List.of(builder().build(), builder().encryption(new TestKeys("another")).build())) {
      try (without) {
        for (Runnable reading :
            List.<Runnable>of(() -> without.verify(id), () -> without.restoreInto(id, "copy"))) {
          BackupKeyException lost = assertThrows(BackupKeyException.class, reading::run);
          assertTrue(lost.getMessage().contains("[ours, in-the-safe]"), lost.getMessage());
        }
        without.verify(id, VerificationLevel.EXISTS);
        assertFalse(without.catalog().marked().get(0).is(BackupMark.DAMAGED));
        assertEquals(List.of("ours", "in-the-safe"), without.catalog().keyIds(id));
      }
    }
  }

  @Test
  void aProviderThatCannotWrapLeavesNoBackup() {
    fixture.strategy.with("a", CANARY);
    KeyProvider lost = FileKeyProvider.of(folder, "lost");
    try (BackupService service = builder().encryption(ours, lost).build()) {
      var failure = assertThrows(BackupKeyException.class, service::backupNow);

      assertTrue(failure.getMessage().contains("lost"), failure.getMessage());
      assertTrue(fixture.store.blobs.isEmpty());
      assertArrayEquals(new byte[32], ours.given.get(0));
    }
  }

  @Test
  void aProviderThatIsDownMeansTryLaterUnlessAnotherOneCanRead() {
    fixture.strategy.with("a", CANARY);
    KeyProvider down =
        new KeyProvider() {
          @Override
          public WrappedKey wrap(byte[] dataKey) {
            return new WrappedKey("down", "QQ==");
          }

          @Override
          public Optional<byte[]> unwrap(WrappedKey wrapped) {
            throw new IllegalStateException("no answer");
          }
        };
    try (BackupService both = builder().encryption(down, ours).build();
        BackupService alone = builder().encryption(down).build()) {
      String id = both.backupNow().id();
      both.verify(id);
      assertThrows(BackupUnavailableException.class, () -> alone.verify(id));
    }
  }

  @Test
  void aWrongKeyUnderTheSameIdIsNamed() throws IOException {
    fixture.strategy.with("a", CANARY);
    Files.writeString(folder.resolve("2026-11"), "ab".repeat(32) + "\n");
    try (BackupService service =
        builder().encryption(FileKeyProvider.of(folder, "2026-11")).build()) {
      String id = service.backupNow().id();
      service.verify(id);
      Files.writeString(folder.resolve("2026-11"), "cd".repeat(32) + "\n");

      var wrong = assertThrows(BackupKeyException.class, () -> service.verify(id));

      assertTrue(wrong.getMessage().contains("key 2026-11"), wrong.getMessage());
      assertFalse(service.catalog().marked().get(0).is(BackupMark.DAMAGED));
    }
  }

  @Test
  void aFactThatIsChangedBySomebodyWithoutTheKeyIsFound() {
    fixture.strategy.with("a", CANARY);
    fixture.strategy.facts.put("encoding", "UTF8");
    try (BackupService service = builder().encryption(ours).build()) {
      String id = service.backupNow().id();
      BlobKey key = fixture.store.manifestKey();
      byte[] line = SealedJson.open(fixture.store.bytes(key), key);
      String edited = new String(line, StandardCharsets.UTF_8).replace("UTF8", "SQL_ASCII");
      fixture.store.blobs.put(key, SealedJson.seal(edited.getBytes(StandardCharsets.UTF_8)));

      var forged = assertThrows(BackupCorruptException.class, () -> service.verify(id));

      assertTrue(forged.getMessage().contains("not authentic"), forged.getMessage());
      assertThrows(BackupCorruptException.class, () -> service.restoreInto(id, "copy"));
      assertEquals(0, fixture.strategy.restores);
    }
  }

  @Test
  void aBackupFromBeforeTheEncryptionCanStillBeRead() {
    fixture.strategy.with("a", CANARY);
    String id = fixture.service.backupNow().id();
    try (BackupService service = builder().encryption(ours).build()) {
      service.restoreInto(id, "copy");
    }
    assertArrayEquals(CANARY, fixture.strategy.targets.get("copy").get("a"));
  }

  private BackupServiceBuilder builder() {
    return BackupService.builder("orders")
        .strategy(fixture.strategy)
        .store(fixture.store)
        .time(fixture.time);
  }

  private List<WrappedKey> keysOf(BlobKey manifest) {
    return ManifestReader.read(SealedJson.open(fixture.store.bytes(manifest), manifest)).keys();
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
