package dev.opskit.backup;

import java.util.Objects;

/**
 * What a listing tells about a blob.
 *
 * @param key its name
 * @param sizeBytes its length
 */
public record BlobInfo(BlobKey key, long sizeBytes) {
  /** Rejects a negative size. */
  public BlobInfo {
    Objects.requireNonNull(key, "key");
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes of " + key + " is " + sizeBytes);
    }
  }
}
