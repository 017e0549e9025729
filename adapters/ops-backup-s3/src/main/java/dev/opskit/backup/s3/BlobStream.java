package dev.opskit.backup.s3;

import dev.opskit.backup.Blob;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads a blob where it is; the SDK's own bodies would copy it first. */
final class BlobStream extends InputStream {
  private final ByteBuffer bytes;

  BlobStream(Blob blob) {
    this.bytes = blob.bytes();
  }

  @Override
  public int read() {
    return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, bytes.remaining());
    bytes.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }
}
