package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Right in everything, for subclasses that are wrong in one thing. */
abstract class PassingStore implements BackupStore {
  private final BackupStore store = new InMemoryBackupStore();

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

  /** Every blob, without pages. */
  final List<BlobInfo> all() {
    List<BlobInfo> all = new ArrayList<>();
    List<BlobInfo> page = store.list("", "");
    while (!page.isEmpty()) {
      all.addAll(page);
      page = store.list("", page.get(page.size() - 1).key().value());
    }
    return all;
  }
}
