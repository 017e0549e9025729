package dev.opskit.backup;

/**
 * One chunk in the manifest.
 *
 * @param sha256 of the stored bytes, so that a chunk is checked before it is decompressed
 */
record ChunkEntry(long plainBytes, long storedBytes, String sha256) {
  ChunkEntry {
    if (plainBytes < 1 || plainBytes > Chunks.PLAIN_BYTES) {
      throw new IllegalArgumentException("chunk of " + plainBytes + " plain bytes");
    }
    if (storedBytes < 1 || storedBytes > Chunks.MAX_STORED_BYTES) {
      throw new IllegalArgumentException("chunk of " + storedBytes + " stored bytes");
    }
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("chunk with SHA-256 '" + sha256 + "'");
    }
  }
}
