package dev.opskit.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one backup is made small and encrypted.
 *
 * @param key null if it is not encrypted
 * @param keys the same key, wrapped for each recipient
 */
record Packaging(Compression compression, int workers, @Nullable DataKey key, List<WrappedKey> keys)
    implements AutoCloseable {

  ChunkFormat format(String id) {
    return new ChunkFormat(id, compression, key);
  }

  String suffix() {
    return ChunkFormat.suffix(compression.method(), key != null);
  }

  /** Wipes the key. */
  @Override
  public void close() {
    if (key != null) {
      key.close();
    }
  }

  /** The line of a manifest, in which nobody can change anything without the key. */
  byte[] authenticated(byte[] line) {
    return key == null ? line : ManifestMac.add(line, key);
  }
}
