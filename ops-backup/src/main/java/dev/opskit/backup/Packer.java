package dev.opskit.backup;

import org.jspecify.annotations.Nullable;

/** Makes what is stored of a chunk, in an array that is used again. Confined to one thread. */
final class Packer {
  private final Compression compression;
  private final @Nullable SegmentCipher cipher;
  private byte[] packed = new byte[0];

  Packer(ChunkFormat format) {
    this.compression = format.compression();
    this.cipher = format.cipher();
  }

  /** Valid until the next call. */
  Blob pack(ChunkPlace place, byte[] plain, int length) {
    if (packed.length < Chunks.maxStoredBytes(length)) {
      packed = new byte[Chunks.maxStoredBytes(length)];
    }
    int count = Chunks.pack(compression, plain, length, packed);
    return Blob.of(packed, cipher == null ? count : cipher.seal(place, packed, count));
  }
}
