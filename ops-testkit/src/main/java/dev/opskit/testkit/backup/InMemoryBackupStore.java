package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupUnavailableException;
import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store for tests that is as good as a real one until it is told to fail. Everything is in memory
 * and gone with the object. Thread-safe; nothing to close.
 */
public final class InMemoryBackupStore implements BackupStore {
  private final ConcurrentNavigableMap<BlobKey, byte[]> blobs = new ConcurrentSkipListMap<>();
  private final AtomicInteger failures = new AtomicInteger();

  /** An empty store. */
  public InMemoryBackupStore() {}

  /**
   * Lets calls of any method fail by {@link BackupUnavailableException}, without effect, as if the
   * store could not be reached.
   *
   * @param calls how many of the next ones, zero or more; 0 ends it
   */
  public void failNext(int calls) {
    if (calls < 0) {
      throw new IllegalArgumentException("calls is " + calls + ", must be 0 or more");
    }
    failures.set(calls);
  }

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    failIfTold("storing " + key);
    byte[] bytes = new byte[Math.toIntExact(blob.sizeBytes())];
    blob.bytes().get(bytes);
    byte[] before = blobs.putIfAbsent(key, bytes);
    return before == null || Blob.of(before).sha256().equals(blob.sha256());
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    failIfTold("opening " + key);
    return Optional.ofNullable(blobs.get(key)).map(ByteArrayInputStream::new);
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    failIfTold("listing " + prefix);
    return blobs.entrySet().stream()
        .filter(blob -> blob.getKey().value().startsWith(prefix))
        .filter(blob -> blob.getKey().value().compareTo(startAfter) > 0)
        .limit(PAGE)
        .map(blob -> new BlobInfo(blob.getKey(), blob.getValue().length))
        .toList();
  }

  @Override
  public void delete(BlobKey key) {
    failIfTold("deleting " + key);
    blobs.remove(key);
  }

  private void failIfTold(String what) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new BackupUnavailableException(what + " failed, as the test wants it");
    }
  }
}
