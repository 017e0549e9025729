package dev.opskit.backup;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into chunks and hands each on as soon as it is full. Confined to one thread. */
final class ChunkWriter extends OutputStream {
  // Most streams are far smaller than a chunk.
  private static final int FIRST_BYTES = 1 << 16;

  private final String name;
  private final int number;
  private final ChunkPipeline pipeline;
  private final int chunkBytes;
  private final List<Future<ChunkEntry>> chunks = new ArrayList<>();
  private byte[] plain;
  private int filled;
  private boolean closed;
  private volatile @Nullable StreamEntry finished;

  ChunkWriter(String name, int number, ChunkPipeline pipeline) {
    this(name, number, pipeline, Chunks.PLAIN_BYTES);
  }

  /** With chunks of another size, which a reader takes as well if they are not larger. */
  ChunkWriter(String name, int number, ChunkPipeline pipeline, int chunkBytes) {
    this.name = name;
    this.number = number;
    this.pipeline = pipeline;
    this.chunkBytes = chunkBytes;
    this.plain = new byte[Math.min(FIRST_BYTES, chunkBytes)];
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (closed) {
      throw new IllegalStateException("stream " + name + " is closed");
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == plain.length) {
        plain = Arrays.copyOf(plain, Math.min(2 * plain.length, chunkBytes));
      }
      int count = Math.min(left, plain.length - filled);
      System.arraycopy(bytes, from, plain, filled, count);
      filled += count;
      from += count;
      left -= count;
      if (filled == chunkBytes) {
        handOver();
        byte[] used = pipeline.spare();
        plain = used != null && used.length == chunkBytes ? used : new byte[chunkBytes];
      }
    }
  }

  /** Waits until all is stored. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (filled > 0) {
      handOver();
    }
    plain = new byte[0];
    finished = new StreamEntry(name, chunks.stream().map(ChunkPipeline::await).toList());
  }

  /** Null until the stream was closed and all of it is stored. */
  @Nullable StreamEntry finished() {
    return finished;
  }

  private void handOver() {
    chunks.add(pipeline.hand(new ChunkPlace(name, number, chunks.size()), plain, filled));
    filled = 0;
  }
}
