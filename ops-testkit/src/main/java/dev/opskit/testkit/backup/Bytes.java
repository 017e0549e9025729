package dev.opskit.testkit.backup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BlobInfo;
import dev.opskit.backup.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Content for a contract, and what a store makes of it. */
final class Bytes {
  private Bytes() {}

  /** The same for the same seed and length. */
  static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] of(BackupStore store, BlobKey key) throws IOException {
    Optional<InputStream> found = store.open(key);
    assertTrue(found.isPresent(), () -> "nothing is found under " + key);
    try (InputStream in = found.get()) {
      return in.readAllBytes();
    }
  }

  static List<String> names(List<BlobInfo> page) {
    return page.stream().map(info -> info.key().value()).toList();
  }
}
