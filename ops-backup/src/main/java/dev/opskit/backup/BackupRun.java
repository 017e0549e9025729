package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One backup, from the first byte of the dump to its commit. */
final class BackupRun implements BackupSink, ChunkWriter.Target {
  private final String id;
  private final Layout layout;
  private final BackupStore store;
  private final ProgressMeter progress;
  private final List<ChunkWriter> writers = new CopyOnWriteArrayList<>();

  BackupRun(String id, Layout layout, BackupStore store, ProgressMeter progress) {
    this.id = id;
    this.layout = layout;
    this.store = store;
    this.progress = progress;
  }

  BackupRecord run(BackupStrategy strategy, Instant startedAt, TimeSource time)
      throws IOException, InterruptedException {
    Map<String, String> facts = strategy.dump(this);
    List<StreamEntry> streams = finishedStreams();
    BackupRecord record =
        new BackupRecord(
            id,
            layout.source(),
            strategy.format(),
            startedAt,
            time.now(),
            streams.stream().mapToLong(StreamEntry::plainBytes).sum(),
            streams.stream().mapToLong(StreamEntry::storedBytes).sum(),
            streams.stream().mapToInt(s -> s.chunks().size()).sum(),
            facts);
    commit(new Manifest(record, streams));
    return record;
  }

  @Override
  public OutputStream stream(String name) {
    if (!Layout.STREAM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stream name '%s' is not of the form %s".formatted(name, Layout.STREAM.pattern()));
    }
    ChunkWriter writer = new ChunkWriter(name, this);
    writers.add(writer);
    return writer;
  }

  @Override
  public void store(String stream, int index, Blob chunk, int plainBytes) {
    Cancellation.check();
    put(layout.chunk(id, stream, index), chunk);
    progress.add(plainBytes, chunk.sizeBytes());
  }

  private List<StreamEntry> finishedStreams() {
    List<StreamEntry> streams = new ArrayList<>();
    for (ChunkWriter writer : writers) {
      StreamEntry stream = writer.finished();
      if (stream == null) {
        throw new BackupRefusedException("the strategy left a stream open");
      }
      streams.add(stream);
    }
    if (streams.isEmpty()) {
      throw new BackupRefusedException("the strategy wrote no stream");
    }
    return streams;
  }

  private void commit(Manifest manifest) {
    byte[] json = ManifestWriter.toJson(manifest);
    // The last moment to notice something that could be written but not read again.
    if (json.length > Manifest.MAX_BYTES || !ManifestReader.read(json).equals(manifest)) {
      throw new BackupRefusedException("the manifest of this backup could not be read again");
    }
    Cancellation.check();
    Blob blob = Blob.of(json);
    put(layout.manifest(id, blob.sha256()), blob);
  }

  private void put(BlobKey key, Blob blob) {
    if (!store.putIfAbsent(key, blob)) {
      throw new BackupRefusedException("the store holds something else under " + key);
    }
  }
}
