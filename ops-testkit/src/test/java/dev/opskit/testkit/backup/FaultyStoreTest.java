package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import dev.opskit.testkit.backup.FaultyStore.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("once")
class FaultyStoreTest implements BackupStoreContract {
  private static final BlobKey KEY = new BlobKey("a");
  private static final Blob BLOB = Blob.of(new byte[100]);

  private final InMemoryBackupStore store = new InMemoryBackupStore();

  @Override
  public BackupStore emptyStore() {
    return FaultyStore.counting(new InMemoryBackupStore());
  }

  @Test
  void beforeMeansThatNothingHasHappened() {
    FaultyStore faulty = FaultyStore.failingOnceAt(store, 2, Fault.BEFORE);
    faulty.list("", "");
    assertThrows(BackupUnavailableException.class, () -> faulty.putIfAbsent(KEY, BLOB));

    assertFalse(store.open(KEY).isPresent());
    assertTrue(faulty.putIfAbsent(KEY, BLOB), "it fails once only");
    assertEquals(3, faulty.operations());
  }

  @Test
  void afterMeansThatAllHasHappened() {
    FaultyStore put = FaultyStore.failingOnceAt(store, 1, Fault.AFTER);
    assertThrows(BackupUnavailableException.class, () -> put.putIfAbsent(KEY, BLOB));
    assertTrue(store.open(KEY).isPresent());
    FaultyStore delete = FaultyStore.failingOnceAt(store, 1, Fault.AFTER);
    assertThrows(BackupUnavailableException.class, () -> delete.delete(KEY));
    assertFalse(store.open(KEY).isPresent());
  }

  @Test
  void inTheMiddleABlobBreaksOffAndAPageIsHalf() throws IOException {
    store.putIfAbsent(KEY, BLOB);
    store.putIfAbsent(new BlobKey("b"), BLOB);
    FaultyStore listing = FaultyStore.failingOnceAt(store, 1, Fault.DURING);
    assertEquals(1, listing.list("", "").size());
    FaultyStore opening = FaultyStore.failingOnceAt(store, 1, Fault.DURING);
    try (InputStream in = opening.open(KEY).orElseThrow()) {
      assertEquals(50, in.readNBytes(new byte[50], 0, 50));
      assertThrows(IOException.class, in::read);
      assertThrows(IOException.class, () -> in.read(new byte[9]));
    }
    FaultyStore deleting = FaultyStore.failingOnceAt(store, 1, Fault.DURING);
    assertThrows(BackupUnavailableException.class, () -> deleting.delete(KEY));
    assertTrue(store.open(KEY).isPresent());
  }

  @Test
  void aDeadOneDoesNothingAnyMore() {
    FaultyStore dead = FaultyStore.dyingAt(store, 1, Fault.AFTER);
    assertThrows(BackupUnavailableException.class, () -> dead.putIfAbsent(KEY, BLOB));
    assertThrows(BackupUnavailableException.class, () -> dead.delete(KEY));
    assertThrows(BackupUnavailableException.class, () -> dead.list("", ""));

    assertTrue(store.open(KEY).isPresent());
  }

  @Test
  @Timeout(120)
  void oneThatHangsEndsWhenItIsReleasedOrInterrupted() throws Exception {
    FaultyStore released = FaultyStore.failingOnceAt(store, 1, Fault.HANG);
    CompletableFuture<Void> put = CompletableFuture.runAsync(() -> released.putIfAbsent(KEY, BLOB));
    released.awaitHanging();
    assertFalse(put.isDone());
    released.release();
    assertThrows(Exception.class, () -> put.get(100, TimeUnit.SECONDS));

    FaultyStore interrupted = FaultyStore.failingOnceAt(store, 1, Fault.HANG);
    Thread.currentThread().interrupt();
    assertThrows(BackupUnavailableException.class, () -> interrupted.putIfAbsent(KEY, BLOB));
    assertTrue(Thread.interrupted());
    assertFalse(store.open(KEY).isPresent());
  }

  @Test
  void theFirstOperationIsNumberOne() {
    assertThrows(IllegalArgumentException.class, () -> FaultyStore.dyingAt(store, 0, Fault.BEFORE));
  }
}
