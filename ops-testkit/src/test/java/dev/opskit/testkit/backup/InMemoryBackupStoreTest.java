package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryBackupStoreTest implements BackupStoreContract {
  private static final BlobKey KEY = new BlobKey("a");
  private static final Blob BLOB = Blob.of(new byte[3]);

  @Override
  public BackupStore emptyStore() {
    return new InMemoryBackupStore();
  }

  @Test
  void failsAsOftenAsItIsToldAndWithoutEffect() {
    InMemoryBackupStore store = new InMemoryBackupStore();
    store.failNext(2);
    assertThrows(BackupUnavailableException.class, () -> store.putIfAbsent(KEY, BLOB));
    assertThrows(BackupUnavailableException.class, () -> store.open(KEY));
    assertEquals(Optional.empty(), store.open(KEY));

    assertTrue(store.putIfAbsent(KEY, BLOB));
    store.failNext(2);
    assertThrows(BackupUnavailableException.class, () -> store.delete(KEY));
    assertThrows(BackupUnavailableException.class, () -> store.list("", ""));
    assertEquals(1, store.list("", "").size());
  }

  @Test
  void failingCanBeEnded() {
    InMemoryBackupStore store = new InMemoryBackupStore();
    store.failNext(Integer.MAX_VALUE);
    store.failNext(0);
    assertEquals(List.of(), store.list("", ""));
    assertThrows(IllegalArgumentException.class, () -> store.failNext(-1));
  }
}
