package dev.opskit.testkit.backup;

import dev.opskit.backup.Blob;
import dev.opskit.backup.BlobKey;
import dev.opskit.backup.ChecksummedStore;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that tell wrong checksums, and one that tells right ones. */
final class BrokenChecksums {
  private BrokenChecksums() {}

  static class Good extends PassingStore implements ChecksummedStore {
    final Map<BlobKey, String> known = new ConcurrentHashMap<>();

    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      boolean stored = super.putIfAbsent(key, blob);
      if (stored) {
        known.put(key, blob.sha256());
      }
      return stored;
    }

    @Override
    public void delete(BlobKey key) {
      super.delete(key);
      known.remove(key);
    }

    @Override
    public Optional<String> sha256(BlobKey key) {
      return Optional.ofNullable(known.get(key));
    }
  }

  static final class KnowsWhatIsGone extends Good {
    @Override
    public Optional<String> sha256(BlobKey key) {
      return Optional.of(known.getOrDefault(key, Blob.of(new byte[0]).sha256()));
    }
  }

  static final class BelievesWhatItDidNotStore extends Good {
    @Override
    public boolean putIfAbsent(BlobKey key, Blob blob) {
      known.put(key, blob.sha256());
      return super.putIfAbsent(key, blob);
    }
  }

  static final class WritesInCapitals extends Good {
    @Override
    public Optional<String> sha256(BlobKey key) {
      return super.sha256(key).map(sum -> sum.toUpperCase(Locale.ROOT));
    }
  }
}
