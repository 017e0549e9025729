package dev.opskit.verification.benchmarks;

import java.nio.ByteBuffer;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;

/** What log4j's appenders let a layout encode into: a buffer that is kept, here for one line. */
final class KeptBuffer implements ByteBufferDestination {
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

  void clear() {
    buffer.clear();
  }

  /** The kept bytes: the line and what was there behind it. */
  byte[] kept() {
    return buffer.array();
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return buffer;
  }

  @Override
  public ByteBuffer drain(ByteBuffer full) {
    throw new IllegalStateException("the line is larger than the buffer");
  }

  @Override
  public void writeBytes(ByteBuffer data) {
    buffer.put(data);
  }

  @Override
  public void writeBytes(byte[] data, int offset, int length) {
    buffer.put(data, offset, length);
  }
}
