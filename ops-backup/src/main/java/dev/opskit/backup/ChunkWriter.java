package dev.opskit.backup;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into chunks and stores each as soon as it is full. Confined to one thread. */
final class ChunkWriter extends OutputStream {
  /** Stores one chunk; whatever it throws ends the stream. */
  interface Target {
    void store(String stream, int index, Blob chunk, int plainBytes);
  }

  // Most streams are far smaller than a chunk.
  private static final int FIRST_BYTES = 1 << 16;

  private final String name;
  private final Target target;
  private final MessageDigest whole = Sha256.digest();
  private final List<ChunkEntry> chunks = new ArrayList<>();
  private final int chunkBytes;
  private byte[] plain;
  private byte[] stored = new byte[0];
  private int filled;
  private boolean closed;
  private volatile @Nullable StreamEntry finished;

  ChunkWriter(String name, Target target) {
    this(name, target, Chunks.PLAIN_BYTES);
  }

  /** With chunks of another size, which a reader takes as well if they are not larger. */
  ChunkWriter(String name, Target target, int chunkBytes) {
    this.chunkBytes = chunkBytes;
    this.plain = new byte[Math.min(FIRST_BYTES, chunkBytes)];
    this.name = name;
    this.target = target;
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
        storeChunk();
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (filled > 0) {
      storeChunk();
    }
    finished = new StreamEntry(name, Sha256.hex(whole), chunks);
  }

  /** Null until the stream was closed and all of it is stored. */
  @Nullable StreamEntry finished() {
    return finished;
  }

  private void storeChunk() {
    whole.update(plain, 0, filled);
    if (stored.length < Chunks.maxStoredBytes(filled)) {
      stored = new byte[Chunks.maxStoredBytes(filled)];
    }
    Blob chunk = Chunks.pack(plain, filled, stored);
    target.store(name, chunks.size(), chunk, filled);
    chunks.add(new ChunkEntry(filled, chunk.sizeBytes(), chunk.sha256()));
    filled = 0;
  }
}
