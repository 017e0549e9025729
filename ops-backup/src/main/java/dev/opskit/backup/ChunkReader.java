package dev.opskit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads a stream chunk by chunk; each is checked whole before its first byte is handed on. */
final class ChunkReader extends InputStream {
  /** Finds a chunk in the store, and is told of each that was found good. */
  interface Origin {
    InputStream open(String stream, int index);

    Unpacker unpacker();

    void verified(ChunkEntry chunk);
  }

  private final StreamEntry stream;
  private final int number;
  private final Origin origin;
  private final Unpacker unpacker;
  private byte[] plain = new byte[0];
  private int position;
  private int next;
  private boolean atItsEnd;

  ChunkReader(StreamEntry stream, int number, Origin origin) {
    this.stream = stream;
    this.number = number;
    this.origin = origin;
    this.unpacker = origin.unpacker();
  }

  @Override
  public int read() {
    return fill() ? plain[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, plain.length - position);
    System.arraycopy(plain, position, bytes, offset, count);
    position += count;
    return count;
  }

  /** True once the stream was read to its end. */
  boolean complete() {
    return atItsEnd;
  }

  private boolean fill() {
    if (position < plain.length) {
      return true;
    }
    // Or the last one would stay alive until the next is unpacked, and as long as this does.
    plain = new byte[0];
    position = 0;
    if (next == stream.chunks().size()) {
      atItsEnd = true;
      return false;
    }
    ChunkEntry entry = stream.chunks().get(next);
    byte[] stored = fetch(entry);
    ChunkPlace place = new ChunkPlace(stream.name(), number, next);
    plain = unpacker.unpack(place, stored, (int) entry.plainBytes());
    next++;
    origin.verified(entry);
    return true;
  }

  private byte[] fetch(ChunkEntry entry) {
    byte[] stored;
    try (InputStream in = origin.open(stream.name(), next)) {
      // One more than expected, to notice a chunk that has grown.
      stored = in.readNBytes((int) entry.storedBytes() + 1);
    } catch (IOException e) {
      throw new BackupUnavailableException("reading " + describe() + " failed", e);
    }
    if (stored.length != entry.storedBytes()) {
      throw new BackupCorruptException(
          describe() + " is not " + entry.storedBytes() + " bytes long, as the manifest says");
    }
    if (!Sha256.hexOf(stored, 0, stored.length).equals(entry.sha256())) {
      throw new BackupCorruptException(describe() + " does not have the manifest's SHA-256");
    }
    return stored;
  }

  private String describe() {
    return "chunk %d of %d of stream %s".formatted(next + 1, stream.chunks().size(), stream.name());
  }
}
