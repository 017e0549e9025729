package dev.opskit.backup;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Dies before or after its n-th operation, as a killed process does: nothing follows. */
final class MortalStore extends MisbehavingStore {
  private final boolean before;
  private int left;

  MortalStore(BackupStore store, int left, boolean before) {
    super(store);
    this.left = left;
    this.before = before;
  }

  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private synchronized void count(boolean begins) {
    if (left <= 0 || begins == before && --left <= 0) {
      left = 0;
      throw new Killed();
    }
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    count(true);
    boolean put = super.putIfAbsent(key, blob);
    count(false);
    return put;
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    count(true);
    Optional<InputStream> opened = super.open(key);
    count(false);
    return opened;
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    count(true);
    List<BlobInfo> page = super.list(prefix, startAfter);
    count(false);
    return page;
  }

  @Override
  public void delete(BlobKey key) {
    count(true);
    super.delete(key);
    count(false);
  }
}
