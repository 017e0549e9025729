package dev.opskit.backup;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Passes everything on, for subclasses that break one thing. */
abstract class MisbehavingStore implements BackupStore {
  private final BackupStore store;

  MisbehavingStore(BackupStore store) {
    this.store = store;
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    return store.putIfAbsent(key, blob);
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return store.open(key);
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    return store.list(prefix, startAfter);
  }

  @Override
  public void delete(BlobKey key) {
    store.delete(key);
  }
}
