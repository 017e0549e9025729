package dev.opskit.testkit.backup;

import java.io.InputStream;
import java.util.Objects;

/** Gives bytes in pieces, so that a fault at the end comes when work is under way. */
final class ReplayedStream extends InputStream {
  private static final int PIECE = 4096;

  private final byte[] bytes;
  private final Runnable onRead;
  private final Runnable atTheEnd;
  private int position;

  ReplayedStream(byte[] bytes, Runnable onRead, Runnable atTheEnd) {
    this.bytes = bytes;
    this.onRead = onRead;
    this.atTheEnd = atTheEnd;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    onRead.run();
    if (position == bytes.length) {
      atTheEnd.run();
      return -1;
    }
    int count = Math.min(Math.min(length, PIECE), bytes.length - position);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }
}
