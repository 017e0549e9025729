package dev.opskit.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts a chunk in its own array, in segments that are each authentic by themselves and know
 * their place: the backup, stream, chunk and segment, and whether they are the last of their chunk.
 * Confined to one thread at a time.
 */
final class SegmentCipher {
  static final int SEGMENT_BYTES = 1 << 16;
  static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int SEALED_BYTES = SEGMENT_BYTES + TAG_BYTES;

  /**
   * The JDK's cipher becomes fast with the number of calls, and a nightly backup is over before
   * large ones have made it so: this takes a tenth of a second for what 64 KiB need three for.
   */
  private static final int SLICE_BYTES = 512;

  private final String id;
  private final SecretKey key;
  private final Cipher cipher;
  private final byte[] segment = new byte[SEALED_BYTES];

  SegmentCipher(String id, SecretKey key) {
    this.id = id;
    this.key = key;
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES/GCM", e);
    }
  }

  static int sealedLength(int length) {
    return length + segments(length, SEGMENT_BYTES) * TAG_BYTES;
  }

  /** Returns the new length; the array must have room for it. */
  int seal(ChunkPlace place, byte[] bytes, int length) {
    int last = segments(length, SEGMENT_BYTES) - 1;
    try {
      // Backwards, as each moves to the right.
      for (int i = last; i >= 0; i--) {
        int from = i * SEGMENT_BYTES;
        int count = Math.min(SEGMENT_BYTES, length - from);
        System.arraycopy(bytes, from, segment, 0, count);
        init(Cipher.ENCRYPT_MODE, place, i, i == last);
        int to = i * SEALED_BYTES;
        int read = 0;
        for (; count - read > SLICE_BYTES; read += SLICE_BYTES) {
          to += cipher.update(segment, read, SLICE_BYTES, bytes, to);
        }
        cipher.doFinal(segment, read, count - read, bytes, to);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encrypting a segment failed", e);
    }
    return sealedLength(length);
  }

  /** Returns the new length. Throws {@link BackupCorruptException}. */
  int open(ChunkPlace place, byte[] bytes, int length) {
    int last = segments(length, SEALED_BYTES) - 1;
    int opened = 0;
    for (int i = 0; i <= last; i++) {
      int from = i * SEALED_BYTES;
      int count = Math.min(SEALED_BYTES, length - from);
      System.arraycopy(bytes, from, segment, 0, count);
      try {
        init(Cipher.DECRYPT_MODE, place, i, i == last);
        opened += cipher.doFinal(segment, 0, count, bytes, opened);
      } catch (AEADBadTagException e) {
        throw new BackupCorruptException(
            "segment %d of %d of chunk %d of stream %s is not authentic"
                .formatted(i + 1, last + 1, place.number(), place.stream()),
            e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("decrypting a segment failed", e);
      }
    }
    return opened;
  }

  private void init(int mode, ChunkPlace place, int index, boolean last)
      throws GeneralSecurityException {
    byte[] nonce =
        ByteBuffer.allocate(NONCE_BYTES)
            .putInt(place.streamNumber())
            .putInt(place.number())
            .putInt(index)
            .array();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    String where =
        "%s/%s/%08d/%d/%d".formatted(id, place.stream(), place.number(), index, last ? 1 : 0);
    cipher.updateAAD(where.getBytes(StandardCharsets.US_ASCII));
  }

  private static int segments(int length, int size) {
    return (length + size - 1) / size;
  }
}
