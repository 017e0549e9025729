package dev.opskit.backup;

import com.github.luben.zstd.Zstd;

/** How a chunk is made and undone: at most 16 MiB of plain data as one zstd frame. */
final class Chunks {
  static final int PLAIN_BYTES = 16 << 20;
  static final int MAX_STORED_BYTES = maxStoredBytes(PLAIN_BYTES);

  /** Level 1 is the fastest; on table data higher levels cost much and gain next to nothing. */
  private static final int LEVEL = 1;

  private Chunks() {}

  static int maxStoredBytes(int plainBytes) {
    return (int) Zstd.compressBound(plainBytes);
  }

  static Blob pack(byte[] plain, int plainLength, byte[] stored) {
    long length = Zstd.compressByteArray(stored, 0, stored.length, plain, 0, plainLength, LEVEL);
    if (Zstd.isError(length)) {
      throw new IllegalStateException("zstd: " + Zstd.getErrorName(length));
    }
    return Blob.of(stored, (int) length);
  }

  static byte[] unpack(byte[] stored, int storedLength, int plainLength) {
    byte[] plain = new byte[plainLength];
    long length = Zstd.decompressByteArray(plain, 0, plainLength, stored, 0, storedLength);
    if (length != plainLength) {
      throw new BackupCorruptException(
          "a chunk unpacks to "
              + (Zstd.isError(length) ? Zstd.getErrorName(length) : length + " bytes")
              + " instead of "
              + plainLength
              + " bytes");
    }
    return plain;
  }
}
