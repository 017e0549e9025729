package dev.opskit.testkit.backup;

import dev.opskit.backup.BackupCorruptException;
import dev.opskit.backup.BackupSink;
import dev.opskit.backup.BackupSource;
import dev.opskit.backup.BackupStrategy;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Takes a dump in memory and gives it back, whole or with a fault. */
final class RecordedDump implements BackupSink, BackupSource {
  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, Runnable> faults = new LinkedHashMap<>();
  private Map<String, String> facts = Map.of();
  private String description = "a dump";
  private int open;
  private LongConsumer onWrite = written -> {};
  private Runnable onClose = () -> {};
  private Runnable onRead = () -> {};

  static RecordedDump of(BackupStrategy strategy) throws Exception {
    RecordedDump dump = new RecordedDump();
    dump.facts = strategy.dump(dump);
    return dump;
  }

  /** Told of the number of bytes in the stream after each write. */
  RecordedDump onWrite(LongConsumer listener) {
    onWrite = listener;
    return this;
  }

  RecordedDump onClose(Runnable listener) {
    onClose = listener;
    return this;
  }

  boolean allClosed() {
    return open == 0;
  }

  String description() {
    return description;
  }

  /** Without its last byte, without its second half, and without anything. */
  List<RecordedDump> truncations(String stream) {
    int length = contents.getOrDefault(stream, new byte[0]).length;
    return Stream.of(length - 1, length / 2, 0)
        .filter(left -> left >= 0 && left < length)
        .distinct()
        .map(left -> truncated(stream, left))
        .toList();
  }

  private RecordedDump truncated(String stream, int left) {
    RecordedDump copy = copy();
    copy.contents.computeIfPresent(stream, (name, bytes) -> Arrays.copyOf(bytes, left));
    copy.description = "stream %s cut off after %d bytes".formatted(stream, left);
    return copy;
  }

  /** With noise of the same length in the place of every stream. */
  RecordedDump replaced() {
    RecordedDump copy = copy();
    copy.contents.replaceAll((name, bytes) -> Bytes.random(1, bytes.length));
    return copy;
  }

  RecordedDump throwingAtTheEndOf(String stream, RuntimeException failure) {
    RecordedDump copy = copy();
    copy.faults.put(
        stream,
        () -> {
          throw failure;
        });
    return copy;
  }

  RecordedDump interruptingTheReader() {
    RecordedDump copy = copy();
    copy.onRead = Thread.currentThread()::interrupt;
    return copy;
  }

  @Override
  public OutputStream stream(String name) {
    if (!name.matches("[a-z0-9-]{1,64}") || contents.containsKey(name)) {
      throw new IllegalArgumentException("a stream of a bad name, or for the second time: " + name);
    }
    contents.put(name, new byte[0]);
    open++;
    return new RecordedStream(name);
  }

  @Override
  public Map<String, String> facts() {
    return facts;
  }

  @Override
  public List<String> streams() {
    return List.copyOf(contents.keySet());
  }

  @Override
  public InputStream open(String name) {
    byte[] bytes = contents.get(name);
    if (bytes == null) {
      throw new BackupCorruptException("there is no stream " + name);
    }
    return new ReplayedStream(bytes, onRead, faults.getOrDefault(name, () -> {}));
  }

  private RecordedDump copy() {
    RecordedDump copy = new RecordedDump();
    copy.contents.putAll(contents);
    copy.facts = facts;
    return copy;
  }

  private final class RecordedStream extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String name;
    private boolean closed;

    RecordedStream(String name) {
      this.name = name;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      if (closed) {
        throw new IllegalStateException("stream " + name + " is closed");
      }
      bytes.write(source, offset, length);
      onWrite.accept(bytes.size());
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open--;
        onClose.run();
        contents.put(name, bytes.toByteArray());
      }
    }
  }
}
