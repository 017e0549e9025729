package dev.opskit.backup;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;

/** How a chunk is made small and unpacked: at most 16 MiB of plain data, as one zstd frame. */
final class Chunks {
  static final int PLAIN_BYTES = 16 << 20;
  private static final int CHECKSUM_BYTES = 4;
  static final int MAX_STORED_BYTES = maxStoredBytes(PLAIN_BYTES);

  private Chunks() {}

  /** Compressed or not, encrypted or not. */
  static int maxStoredBytes(int plainBytes) {
    return SegmentCipher.sealedLength((int) Zstd.compressBound(plainBytes) + CHECKSUM_BYTES);
  }

  /** Returns how many bytes were written. */
  static int pack(Compression compression, byte[] plain, int length, byte[] packed) {
    if (compression.method() == Compression.Method.NONE) {
      System.arraycopy(plain, 0, packed, 0, length);
      return length;
    }
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      // Of the plain bytes: what goes wrong in between is found by whoever unpacks it.
      zstd.setLevel(compression.level()).setChecksum(true);
      return zstd.compressByteArray(packed, 0, packed.length, plain, 0, length);
    }
  }

  static byte[] unpack(Compression.Method method, byte[] packed, int length, int plainLength) {
    byte[] plain = new byte[plainLength];
    if (method == Compression.Method.NONE) {
      requireLength(length, plainLength);
      System.arraycopy(packed, 0, plain, 0, plainLength);
    } else {
      requireLength(decompress(packed, length, plain), plainLength);
    }
    return plain;
  }

  private static long decompress(byte[] packed, int length, byte[] plain) {
    try {
      return Zstd.decompressByteArray(plain, 0, plain.length, packed, 0, length);
    } catch (ZstdException e) {
      throw new BackupCorruptException("a chunk cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static void requireLength(long length, int plainLength) {
    if (length != plainLength) {
      throw new BackupCorruptException(
          "a chunk unpacks to %d bytes instead of %d".formatted(length, plainLength));
    }
  }
}
