package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One backup, from the first byte of the dump to its commit. */
final class BackupRun implements BackupSink, ChunkPipeline.Target, AutoCloseable {
  private final String id;
  private final Packaging packaging;
  private final BackupRecord.Kind kind;
  private final TimeSource time;
  private final Layout layout;
  private final BackupStore store;
  private final ProgressMeter progress;
  private final Heartbeat heartbeat;
  private final ChunkPipeline pipeline;
  private final List<ChunkWriter> writers = new ArrayList<>();

  /** What the record tells besides what the run itself finds out. */
  interface Judge {
    Optional<String> suspicion(long plainBytes, Map<String, String> facts);
  }

  BackupRun(
      String id,
      Packaging packaging,
      BackupRecord.Kind kind,
      Layout layout,
      BackupStore store,
      ProgressMeter progress,
      TimeSource time) {
    this.id = id;
    this.packaging = packaging;
    this.kind = kind;
    this.time = time;
    this.heartbeat = new Heartbeat(id, layout, store, time);
    this.layout = layout;
    this.store = store;
    this.progress = progress;
    this.pipeline = new ChunkPipeline(packaging.format(id), packaging.workers(), this);
  }

  BackupRecord run(BackupStrategy strategy, Instant startedAt, Judge judge)
      throws IOException, InterruptedException {
    Map<String, String> facts = strategy.dump(this);
    List<StreamEntry> streams = finishedStreams();
    long plainBytes = streams.stream().mapToLong(StreamEntry::plainBytes).sum();
    BackupRecord record =
        new BackupRecord(
            id,
            layout.source(),
            kind,
            strategy.format(),
            startedAt,
            time.now(),
            plainBytes,
            streams.stream().mapToLong(StreamEntry::storedBytes).sum(),
            streams.stream().mapToInt(s -> s.chunks().size()).sum(),
            facts,
            judge.suspicion(plainBytes, facts));
    commit(new Manifest(record, packaging.compression().method(), packaging.keys(), streams));
    return record;
  }

  @Override
  public synchronized OutputStream stream(String name) {
    if (!Layout.STREAM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stream name '%s' is not of the form %s".formatted(name, Layout.STREAM.pattern()));
    }
    // A number of its own even if the name is not: the manifest refuses that one later.
    ChunkWriter writer = new ChunkWriter(name, writers.size() + 1, pipeline);
    writers.add(writer);
    return writer;
  }

  @Override
  public void store(ChunkPlace place, Blob chunk, int plainBytes) {
    Cancellation.check();
    put(layout.chunk(id, place.stream(), place.index(), packaging.suffix()), chunk);
    heartbeat.beat();
    progress.add(plainBytes, chunk.sizeBytes());
  }

  @Override
  public void close() {
    pipeline.close();
  }

  private synchronized List<StreamEntry> finishedStreams() {
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
    byte[] json = packaging.authenticated(ManifestWriter.toJson(manifest));
    // The last moment to notice something that could be written but not read again.
    if (json.length > Manifest.MAX_JSON_BYTES || !ManifestReader.read(json).equals(manifest)) {
      throw new BackupRefusedException("the manifest of this backup could not be read again");
    }
    Cancellation.check();
    BlobKey key = layout.manifest(id);
    if (!store.putIfAbsent(key, Blob.of(SealedJson.seal(json)))) {
      throw new BackupRefusedException(
          "there is a tombstone under %s: a collection of another process took this run for dead"
              .formatted(key));
    }
  }

  private void put(BlobKey key, Blob blob) {
    if (!store.putIfAbsent(key, blob)) {
      throw new BackupRefusedException("the store holds something else under " + key);
    }
  }
}
