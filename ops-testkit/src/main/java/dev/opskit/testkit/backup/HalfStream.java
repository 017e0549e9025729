package dev.opskit.testkit.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/** Gives the first half of what another stream holds and breaks off then. */
final class HalfStream extends InputStream {
  private final InputStream half;

  HalfStream(InputStream whole) {
    try (whole) {
      byte[] bytes = whole.readAllBytes();
      half = new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    return orBroken(half.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? 0 : orBroken(half.read(bytes, offset, length));
  }

  private static int orBroken(int result) throws IOException {
    if (result < 0) {
      throw new IOException("the connection broke, as the test wants it");
    }
    return result;
  }
}
