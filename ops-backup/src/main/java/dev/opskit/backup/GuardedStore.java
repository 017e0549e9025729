package dev.opskit.backup;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Holds a store to its word about exceptions. */
record GuardedStore(BackupStore store) implements BackupStore {

  @Override
  public boolean putIfAbsent(BlobKey key, Blob blob) {
    return guard("storing " + key, () -> store.putIfAbsent(key, blob));
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return guard("opening " + key, () -> store.open(key));
  }

  @Override
  public List<BlobInfo> list(String prefix, String startAfter) {
    return guard("listing " + prefix, () -> store.list(prefix, startAfter));
  }

  @Override
  public void delete(BlobKey key) {
    guard(
        "deleting " + key,
        () -> {
          store.delete(key);
          return true;
        });
  }

  /** Empty if the store is none that tells them. */
  Optional<ChecksummedStore> checksums() {
    return store instanceof ChecksummedStore checksummed
        ? Optional.of(key -> guard("asking for " + key, () -> checksummed.sha256(key)))
        : Optional.empty();
  }

  private static <T> T guard(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (BackupException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new BackupUnavailableException(what + " failed: " + e, e);
    }
  }
}
