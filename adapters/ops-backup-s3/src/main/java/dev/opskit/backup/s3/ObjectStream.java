package dev.opskit.backup.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** An object that is read; the SDK's failures become those that readers of streams expect. */
final class ObjectStream extends FilterInputStream {
  private final String what;
  private final ResponseInputStream<?> response;
  private boolean atItsEnd;

  ObjectStream(String what, ResponseInputStream<?> response) {
    super(response);
    this.what = what;
    this.response = response;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      int count = super.read(target, offset, length);
      atItsEnd = count < 0;
      return count;
    } catch (SdkException e) {
      throw new IOException(what + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return super.skip(count);
    } catch (SdkException e) {
      throw new IOException(what + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    if (atItsEnd) {
      super.close();
    } else {
      // Closing would read all the rest to keep the connection.
      response.abort();
    }
  }
}
