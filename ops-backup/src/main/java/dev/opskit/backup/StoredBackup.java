package dev.opskit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One pass over a committed backup. */
final class StoredBackup implements BackupSource, ChunkReader.Origin, AutoCloseable {
  private final Manifest manifest;
  private final @Nullable DataKey key;
  private final Layout layout;
  private final BackupStore store;
  private final ProgressMeter progress;
  private final Queue<Pass> passes = new ConcurrentLinkedQueue<>();

  private record Pass(String stream, ChunkReader reader) {}

  /** Owns the key, which is null if the backup is not encrypted. */
  StoredBackup(
      Manifest manifest,
      @Nullable DataKey key,
      Layout layout,
      BackupStore store,
      ProgressMeter progress) {
    this.manifest = manifest;
    this.key = key;
    this.layout = layout;
    this.store = store;
    this.progress = progress;
  }

  @Override
  public Map<String, String> facts() {
    return manifest.record().facts();
  }

  @Override
  public List<String> streams() {
    return manifest.streams().stream().map(StreamEntry::name).toList();
  }

  @Override
  public InputStream open(String name) {
    StreamEntry entry =
        manifest.stream(name)
            .orElseThrow(() -> new BackupCorruptException("there is no stream " + name));
    ChunkReader reader = new ChunkReader(entry, manifest.numberOf(entry), this);
    passes.add(new Pass(name, reader));
    return reader;
  }

  /** Reads every stream that nobody has read to its end. */
  void verifyTheRest() throws IOException {
    Set<String> read =
        passes.stream()
            .filter(pass -> pass.reader().complete())
            .map(Pass::stream)
            .collect(Collectors.toSet());
    for (String name : streams()) {
      if (!read.contains(name)) {
        try (InputStream in = open(name)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }

  @Override
  public InputStream open(String stream, int index) {
    Cancellation.check();
    BlobKey key = layout.chunk(manifest.record().id(), stream, index, manifest.suffix());
    return store
        .open(key)
        .orElseThrow(() -> new BackupCorruptException("there is no chunk " + key));
  }

  @Override
  public Unpacker unpacker() {
    SegmentCipher cipher = key == null ? null : new SegmentCipher(manifest.record().id(), key);
    return new Unpacker(manifest.compression(), cipher);
  }

  @Override
  public void close() {
    if (key != null) {
      key.close();
    }
  }

  @Override
  public void verified(ChunkEntry chunk) {
    progress.add(chunk.plainBytes(), chunk.storedBytes());
  }
}
