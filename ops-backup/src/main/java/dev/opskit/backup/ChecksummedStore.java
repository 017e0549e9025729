package dev.opskit.backup;

import java.util.Optional;

/**
 * Implemented by a {@link BackupStore}, too, if it can tell checksums without sending content, from
 * what it has checked itself. {@link BackupService#verify(String, VerificationLevel)} calls it,
 * once for each chunk, on the thread of its caller. Thread-safe, may block, throws as the store
 * does. {@code BackupStoreContract} in ops-testkit checks it, too.
 */
@FunctionalInterface
public interface ChecksummedStore {

  /**
   * The checksum of a blob as the store knows it.
   *
   * @param key its name
   * @return 64 lower-case hexadecimal digits; empty if there is no such blob or its checksum is not
   *     known
   */
  Optional<String> sha256(BlobKey key);
}
