package dev.opskit.backup;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Bytes to be stored, with their length and SHA-256 known beforehand, so that a store can check
 * what arrived. The bytes are not copied: whoever creates a blob leaves them alone until the store
 * has returned. Thread-safe under that condition.
 */
public final class Blob {
  private final ByteBuffer bytes;
  private final String sha256;

  private Blob(ByteBuffer bytes, String sha256) {
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /**
   * A blob over a whole array.
   *
   * @param bytes the content
   * @return the blob
   */
  public static Blob of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  /**
   * A blob over the beginning of an array.
   *
   * @param bytes the content
   * @param length how much of it, zero or more
   * @return the blob
   */
  public static Blob of(byte[] bytes, int length) {
    Objects.checkFromIndexSize(0, length, bytes.length);
    return new Blob(
        ByteBuffer.wrap(bytes, 0, length).slice().asReadOnlyBuffer(),
        Sha256.hexOf(bytes, 0, length));
  }

  /**
   * The content.
   *
   * @return a read-only view with a position of its own, from the first byte to the last
   */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /**
   * The length.
   *
   * @return zero or more
   */
  public long sizeBytes() {
    return bytes.capacity();
  }

  /**
   * The checksum of the content.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String sha256() {
    return sha256;
  }
}
