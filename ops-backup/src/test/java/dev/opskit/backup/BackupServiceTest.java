package dev.opskit.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackupServiceTest {
  private final Fixture fixture = new Fixture();
  private final BackupService service = fixture.service;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatWasDumpedIsRestoredByteForByteOverSeveralChunksAndStreams() {
    byte[] large = Fixture.randomBytes(2 * Chunks.PLAIN_BYTES + 12345);
    byte[] exact = new byte[Chunks.PLAIN_BYTES];
    fixture.strategy.with("large", large).with("exact", exact).with("empty", new byte[0]);

    BackupRecord record = service.backupNow();
    service.restoreInto(record.id(), "copy");

    assertEquals(4, record.chunks());
    assertEquals(large.length + exact.length, record.plainBytes());
    var copy = fixture.strategy.targets.get("copy");
    assertEquals(List.of("large", "exact", "empty"), List.copyOf(copy.keySet()));
    assertArrayEquals(large, copy.get("large"));
    assertArrayEquals(exact, copy.get("exact"));
    assertArrayEquals(new byte[0], copy.get("empty"));
  }

  @Test
  void theManifestIsTheLastThingThatIsStored() {
    fixture.strategy.with("a", new byte[10]).with("b", new byte[10]);

    service.backupNow();

    List<BlobKey> puts = fixture.store.puts;
    assertEquals(3, puts.size());
    assertEquals(fixture.store.manifestKey(), puts.get(2));
  }

  @Test
  void aDumpThatFailsAfterItsLastByteIsNotShownAndRaisesTheAlert() {
    fixture.strategy.with("a", new byte[10]).afterTheDump = new IOException("killed");

    assertThrows(BackupUnavailableException.class, service::backupNow);

    assertEquals(List.of(), service.catalog().list());
    assertEquals(Optional.empty(), service.catalog().latest());
    var alert = fixture.alerts.active.get(RecordedAlerts.failed("orders"));
    assertTrue(alert.summary().contains("killed"), alert.summary());
  }

  @Test
  void aFailedBackupLeavesTheOneBeforeItTheLatestAndTheNextSuccessEndsTheAlert() {
    fixture.strategy.with("a", new byte[10]);
    BackupRecord good = service.backupNow();
    fixture.strategy.afterTheDump = new IllegalStateException("a defect of the strategy");
    fixture.time.advance(Duration.ofHours(1));
    assertThrows(BackupUnavailableException.class, service::backupNow);
    assertEquals(Optional.of(good), service.catalog().latest());

    fixture.strategy.afterTheDump = null;
    service.backupNow();

    assertTrue(fixture.alerts.active.isEmpty());
  }

  @Test
  void aStrategyThatLeavesAStreamOpenOrWritesNoneHasNotMadeABackup() {
    assertThrows(BackupRefusedException.class, service::backupNow);
    fixture.strategy.with("a", new byte[10]).leavesStreamsOpen = true;
    assertThrows(BackupRefusedException.class, service::backupNow);

    assertEquals(List.of(), service.catalog().list());
  }

  @Test
  void aSecondBackupIsTurnedAwayWhileOneRuns() {
    LinkedBlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    fixture.strategy.with("a", new byte[10]).duringTheDump =
        () -> {
          fixture.strategy.duringTheDump = null;
          refusals.add(
              assertThrows(BackupUnavailableException.class, service::backupNow).getMessage());
        };

    BackupRecord record = service.backupNow();

    assertEquals("another backup of orders is running: " + record.id(), refusals.remove());
    assertTrue(fixture.alerts.active.isEmpty());
    service.backupNow();
    assertEquals(2, service.catalog().list().size());
  }

  @Test
  void anInterruptedBackupCommitsNothingAndLeavesTheFlagSet() {
    fixture.strategy.with("a", new byte[10]).duringTheDump = Thread.currentThread()::interrupt;

    assertThrows(BackupUnavailableException.class, service::backupNow);

    assertTrue(Thread.interrupted());
    assertEquals(List.of(), service.catalog().list());
  }

  @Test
  void aStoreThatHoldsSomethingElseUnderTheNameIsNotBelieved() {
    BackupStore taken =
        new MisbehavingStore(fixture.store) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            return false;
          }
        };
    fixture.strategy.with("a", new byte[10]);
    try (BackupService overTaken = fixture.over(taken)) {
      assertThrows(BackupRefusedException.class, overTaken::backupNow);
    }
  }

  @Test
  void anUnknownExceptionOfTheStoreMeansTryLater() {
    BackupStore broken =
        new MisbehavingStore(fixture.store) {
          @Override
          public boolean putIfAbsent(BlobKey key, Blob blob) {
            throw new IllegalStateException("a defect of the store");
          }
        };
    fixture.strategy.with("a", new byte[10]);
    try (BackupService overBroken = fixture.over(broken)) {
      assertThrows(BackupUnavailableException.class, overBroken::backupNow);
    }
  }

  @Test
  void aBackupIsOnlyGivenToAStrategyOfItsFormat() {
    fixture.strategy.with("a", new byte[10]);
    String id = service.backupNow().id();
    fixture.strategy.format = "other";

    assertThrows(BackupRefusedException.class, () -> service.restoreInto(id, "copy"));
    assertThrows(BackupRefusedException.class, () -> service.verify(id));
  }

  @Test
  void anUnknownIdIsRefused() {
    assertThrows(BackupRefusedException.class, () -> service.verify("nope"));
    assertThrows(BackupRefusedException.class, () -> service.restoreInto("nope", "copy"));
  }

  @Test
  void eachStepIsTold() throws InterruptedException {
    LinkedBlockingQueue<BackupEvent> events = new LinkedBlockingQueue<>();
    service.onEvent(events::add);
    fixture.strategy.with("a", new byte[1000]).duringTheDump =
        () -> fixture.time.advance(Duration.ofSeconds(2));

    BackupRecord record = service.backupNow();
    VerificationReport verified = service.verify(record.id());
    RestoreReport restored = service.restoreInto(record.id(), "copy");

    assertInstanceOf(BackupEvent.Started.class, next(events));
    assertEquals(1000, assertInstanceOf(BackupEvent.Progress.class, next(events)).plainBytes());
    assertEquals(new BackupEvent.Completed(record), next(events));
    assertInstanceOf(BackupEvent.Started.class, next(events));
    next(events); // The strategy reads the beginning,
    next(events); // the service reads it all.
    assertEquals(new BackupEvent.Verified("orders", verified), next(events));
    assertInstanceOf(BackupEvent.Started.class, next(events));
    next(events);
    var loaded = assertInstanceOf(BackupEvent.Progress.class, next(events));
    assertEquals(2000, loaded.plainBytes());
    assertEquals(2000, loaded.totalPlainBytes().getAsLong());
    assertEquals(new BackupEvent.Restored("orders", restored), next(events));
    assertFalse(record.took().isNegative());
  }

  private static BackupEvent next(LinkedBlockingQueue<BackupEvent> events)
      throws InterruptedException {
    BackupEvent event = events.poll(10, TimeUnit.SECONDS);
    assertTrue(event != null, "no event within ten seconds");
    return event;
  }
}
