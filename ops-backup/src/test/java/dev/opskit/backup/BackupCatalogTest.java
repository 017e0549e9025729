package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupCatalogTest {
  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void listsTheNewestFirst() {
    fixture.strategy.with("a", new byte[10]);
    List<BackupRecord> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      expected.add(0, fixture.service.backupNow());
      fixture.time.advance(Duration.ofHours(1));
    }

    assertEquals(expected, fixture.service.catalog().list());
    assertEquals(expected.get(0), fixture.service.catalog().latest().orElseThrow());
    assertEquals(
        Optional.of(expected.get(2)), fixture.service.catalog().find(expected.get(2).id()));
  }

  @Test
  void seesBackupsBehindTheFirstPageAndPassesOverWhatIsNoManifest() {
    for (int i = 0; i < BackupStore.PAGE + 1; i++) {
      fixture.store.putIfAbsent(
          new BlobKey("v1/orders/manifests/0000-%04d.json".formatted(i)), Blob.of(new byte[1]));
    }
    fixture.strategy.with("a", new byte[10]);

    BackupRecord record = fixture.service.backupNow();

    assertEquals(List.of(record), fixture.service.catalog().list());
  }

  @Test
  void doesNotShowTheBackupsOfAnotherSource() {
    fixture.strategy.with("a", new byte[10]);
    fixture.service.backupNow();
    try (BackupService other =
        BackupService.builder("order").strategy(fixture.strategy).store(fixture.store).build()) {
      assertEquals(List.of(), other.catalog().list());
    }
  }

  @Test
  void readsAManifestOnceAndForgetsItWhenItIsGone() {
    List<BlobKey> opened = new ArrayList<>();
    BackupStore counting =
        new MisbehavingStore(fixture.store) {
          @Override
          public Optional<InputStream> open(BlobKey key) {
            opened.add(key);
            return super.open(key);
          }
        };
    fixture.strategy.with("a", new byte[10]);
    try (BackupService service = fixture.over(counting)) {
      service.backupNow();
      service.catalog().list();
      service.catalog().list();
      assertEquals(1, opened.size());

      fixture.store.delete(fixture.store.manifestKey());

      assertEquals(List.of(), service.catalog().list());
    }
  }
}
