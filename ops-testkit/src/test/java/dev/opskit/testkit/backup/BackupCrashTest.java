package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupException;
import dev.opskit.backup.BackupRecord;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.Retention;
import dev.opskit.backup.VerificationLevel;
import dev.opskit.core.time.ManualTimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that writes to the store is stopped before, in the middle of and after each of its
 * operations. What counted before can be restored afterwards, nothing half is shown, nothing is
 * called a success that is none, and the next collection leaves nothing behind.
 */
@Tag("once")
class BackupCrashTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  private final ManualTimeSource time = new ManualTimeSource();
  private int places;

  @Test
  void aBackupStoppedAnywhere() {
    long points =
        CrashPoints.over(InMemoryBackupStore::new)
            .prepared(this::threeProven)
            .run(store -> use(store, BackupService::backupNow), this::check);
    assertTrue(points >= 48, "points: " + points);
  }

  @Test
  void aRetentionRunStoppedAnywhere() {
    long points =
        CrashPoints.over(InMemoryBackupStore::new)
            .prepared(this::sixProvenOfWhichThreeMayGo)
            .run(store -> use(store, BackupService::retain), this::check);
    assertTrue(points >= 100, "points: " + points);
  }

  @Test
  void aCollectionStoppedAnywhere() {
    long points =
        CrashPoints.over(InMemoryBackupStore::new)
            .prepared(this::threeProvenAndTwoThatFailed)
            .run(store -> use(store, BackupService::collectOrphans), this::check);
    assertTrue(points >= 60, "points: " + points);
  }

  @Test
  void aVerificationStoppedAnywhere() {
    long points =
        CrashPoints.over(InMemoryBackupStore::new)
            .prepared(this::threeProven)
            .run(
                store ->
                    use(store, service -> service.verify(service.catalog().list().get(1).id())),
                this::check);
    assertTrue(points >= 20, "points: " + points);
  }

  @Test
  void aBackupIntoFilesStoppedAnywhere() {
    long points =
        CrashPoints.over(() -> FileSystemBackupStore.at(folder.resolve("" + places++)))
            .prepared(store -> prove(store, 1, Duration.ofHours(1)))
            .run(store -> use(store, BackupService::backupNow), this::check);
    assertTrue(points >= 39, "points: " + points);
  }

  private void check(BackupStore store, CrashPoints.Point point) throws Exception {
    try (BackupService service = service(store)) {
      List<BackupRecord> shown = service.catalog().list();
      for (BackupRecord record : shown) {
        service.verify(record.id());
      }
      Lines lines = new Lines();
      try (BackupService restoring = service(store, lines)) {
        String id = restoring.catalog().latestRestorable().orElseThrow().id();
        restoring.restoreInto(id, "copy");
      }
      assertTrue(lines.isRestored("copy"));
      if (point.failure().isEmpty()) {
        // Its last operation told half a page of nothing.
        assertEquals(FaultyStore.Fault.DURING, point.fault(), "it says that it succeeded");
        assertEquals(ids(shown), owners(store), "it says that it succeeded");
      }

      time.advance(DAY.multipliedBy(2));
      service.collectOrphans();
      assertEquals(shown, service.catalog().list());
      assertEquals(ids(shown), owners(store), "what has parts in the store");
      service.backupNow();
    }
  }

  private static Set<String> ids(List<BackupRecord> records) {
    return records.stream().map(BackupRecord::id).collect(Collectors.toSet());
  }

  private static Set<String> owners(BackupStore store) {
    return List.of("chunks", "marks", "runs").stream()
        .flatMap(part -> store.list("v1/lines/" + part + "/", "").stream())
        .map(info -> info.key().value().split("/")[3])
        .collect(Collectors.toSet());
  }

  private interface Use {
    Object of(BackupService service);
  }

  private void use(BackupStore store, Use use) {
    try (BackupService service = service(store)) {
      use.of(service);
    }
  }

  private void threeProven(BackupStore store) {
    prove(store, 3, Duration.ofHours(1));
  }

  private void sixProvenOfWhichThreeMayGo(BackupStore store) {
    prove(store, 6, DAY);
  }

  private void threeProvenAndTwoThatFailed(BackupStore store) {
    threeProven(store);
    for (int i = 0; i < 2; i++) {
      Lines failing = new Lines();
      failing.fails = true;
      try (BackupService service = service(store, failing)) {
        service.backupNow();
      } catch (BackupException expected) {
        continue;
      }
      throw new AssertionError("it did not fail");
    }
    time.advance(DAY.plusHours(1));
  }

  private void prove(BackupStore store, int count, Duration apart) {
    try (BackupService service = service(store)) {
      for (int i = 0; i < count; i++) {
        service.verify(service.backupNow().id(), VerificationLevel.HASHES);
        time.advance(apart);
      }
    }
  }

  private BackupService service(BackupStore store) {
    return service(store, new Lines());
  }

  private BackupService service(BackupStore store, Lines strategy) {
    return BackupService.builder("lines")
        .strategy(strategy)
        .store(store)
        .time(time)
        .retention(Retention.days(3).keepAtLeast(3))
        .build();
  }
}
