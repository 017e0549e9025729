package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.alert.Alert;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetainTest {
  private static final Alert.Key FROZEN =
      new Alert.Key("BackupRetentionFrozen", Map.of("source", "orders"));

  private final Fixture fixture = new Fixture();
  private final BackupService service = with(Retention.days(2).keepAtLeast(1), fixture.store);
  private final List<String> ids = new ArrayList<>();

  @BeforeEach
  void backUpOnFourDays() {
    fixture.strategy.with("a", new byte[10]).with("b", new byte[10]);
    for (int i = 0; i < 4; i++) {
      ids.add(service.backupNow().id());
      service.verify(ids.get(i), VerificationLevel.HASHES);
      fixture.time.advance(Duration.ofDays(1));
    }
  }

  @AfterEach
  void close() {
    service.close();
    fixture.close();
  }

  @Test
  void deletesEverythingOfABackupAndNothingOfTheOthers() {
    RetentionReport report = service.retain();

    assertEquals(ids.subList(0, 2), report.deleted());
    assertEquals(2, service.catalog().list().size());
    for (String gone : report.deleted()) {
      assertFalse(fixture.store.blobs.keySet().stream().anyMatch(k -> k.value().contains(gone)));
    }
    service.verify(ids.get(2));
    service.verify(ids.get(3));
  }

  @Test
  void aPreviewChangesNothing() {
    Map<BlobKey, byte[]> before = Map.copyOf(fixture.store.blobs);

    RetentionPlan plan = service.previewRetention();

    assertEquals(2, plan.deletions().size());
    assertEquals(before, Map.copyOf(fixture.store.blobs));
  }

  @Test
  void theManifestGoesBeforeTheFirstChunk() {
    List<String> deleted = new ArrayList<>();
    BackupStore watched =
        new MisbehavingStore(fixture.store) {
          @Override
          public void delete(BlobKey key) {
            deleted.add(key.value().split("/")[2]);
            super.delete(key);
          }
        };
    try (BackupService other = with(Retention.days(4).keepAtLeast(1), watched)) {
      other.retain();
    }
    assertEquals(List.of("manifests", "chunks", "chunks", "marks", "marks"), deleted);
  }

  @Test
  void aBackupThatIsPinnedAfterThePlanWasMadeIsSpared() {
    String oldest = ids.get(0);
    BackupStore pinning =
        onFirstMarkOf(oldest, () -> fixture.service.catalog().pin(oldest, "mine"));
    try (BackupService other = with(Retention.days(2).keepAtLeast(1), pinning)) {
      assertEquals(List.of(ids.get(1)), other.retain().deleted());
    }

    MarkedBackup spared = service.catalog().marked().get(2);
    assertEquals(oldest, spared.backup().id());
    assertTrue(spared.is(BackupMark.PINNED) && !spared.is(BackupMark.RETIRED), "" + spared);
  }

  @Test
  void aBackupThatIsBeingDeletedCannotBePinned() {
    // Of another process that has announced it, has looked for pins, and is about to delete.
    new Marks(new Layout("orders"), fixture.store, fixture.time)
        .add(ids.get(0), MarkKind.RETIRED, "");

    assertThrows(
        BackupUnavailableException.class, () -> service.catalog().pin(ids.get(0), "too late"));
  }

  @Test
  void aPolicyOfTheUserCannotDeleteWhatMustStay() {
    fixture.service.catalog().pin(ids.get(0), "mine");
    fixture.service.catalog().quarantine(ids.get(1), "odd");
    RetentionPolicy everything =
        (backups, now) ->
            new RetentionPlan(
                now,
                Optional.empty(),
                backups.stream()
                    .map(b -> new RetentionPlan.Decision(b.backup(), false, "away with it"))
                    .toList());
    try (BackupService other = with(everything, fixture.store)) {
      assertEquals(List.of(ids.get(2)), other.retain().deleted());
    }
    assertEquals(3, service.catalog().list().size());
  }

  @Test
  void frozenRetentionRaisesTheAlertUntilItThaws() {
    fixture.time.advance(Duration.ofDays(3));
    RetentionReport frozen = service.retain();
    assertEquals(List.of(), frozen.deleted());
    assertTrue(fixture.alerts.active.containsKey(FROZEN));

    service.verify(service.backupNow().id());
    service.retain();

    assertFalse(fixture.alerts.active.containsKey(FROZEN));
  }

  @Test
  void withoutAPolicyNothingIsEverDeleted() {
    assertThrows(BackupRefusedException.class, fixture.service::retain);
    assertThrows(BackupRefusedException.class, fixture.service::previewRetention);
  }

  @Test
  void aReaderOfABackupThatIsDeletedMeanwhileDoesNotCallItDamaged() {
    String oldest = ids.get(0);
    BackupStore retaining =
        new MisbehavingStore(fixture.store) {
          @Override
          public Optional<InputStream> open(BlobKey key) {
            if (key.value().contains("/chunks/")) {
              service.retain();
            }
            return super.open(key);
          }
        };
    try (BackupService reader = with(Retention.days(2), retaining)) {
      BackupRefusedException refusal =
          assertThrows(BackupRefusedException.class, () -> reader.verify(oldest));
      assertEquals(BackupRefusedException.class, refusal.getClass());
    }
    assertTrue(fixture.alerts.active.isEmpty());
  }

  private BackupStore onFirstMarkOf(String id, Runnable step) {
    return new MisbehavingStore(fixture.store) {
      private boolean done;

      @Override
      public boolean putIfAbsent(BlobKey key, Blob blob) {
        if (!done && key.value().contains("/marks/" + id)) {
          done = true;
          step.run();
        }
        return super.putIfAbsent(key, blob);
      }
    };
  }

  private BackupService with(RetentionPolicy policy, BackupStore store) {
    return BackupService.builder("orders")
        .strategy(fixture.strategy)
        .store(store)
        .alerts(fixture.alerts)
        .time(fixture.time)
        .retention(policy)
        .build();
  }
}
