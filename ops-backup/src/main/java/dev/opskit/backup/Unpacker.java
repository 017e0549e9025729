package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/** Makes the plain bytes of chunks that were stored. Confined to one thread. */
record Unpacker(Compression.Method compression, @Nullable SegmentCipher cipher) {

  /** Decrypts in the given array. Throws {@link BackupCorruptException}. */
  byte[] unpack(ChunkPlace place, byte[] stored, int plainLength) {
    int length = cipher == null ? stored.length : cipher.open(place, stored, stored.length);
    return Chunks.unpack(compression, stored, length, plainLength);
  }
}
