package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/**
 * How all chunks of one backup are stored.
 *
 * @param key null if they are not encrypted
 */
record ChunkFormat(String id, Compression compression, @Nullable DataKey key) {

  /** The end of their names, for whoever looks at the store. */
  static String suffix(Compression.Method method, boolean encrypted) {
    return (method == Compression.Method.ZSTD ? ".zst" : ".raw") + (encrypted ? ".aes" : "");
  }

  /** Null if nothing is encrypted. */
  @Nullable SegmentCipher cipher() {
    return key == null ? null : new SegmentCipher(id, key);
  }
}
