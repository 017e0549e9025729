package dev.opskit.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** A backup of many chunks that is read fast: as it is stored, with chunks of a kilobyte. */
record SmallChunks(Manifest manifest, Map<String, byte[]> streams) {
  static final Layout LAYOUT = new Layout("orders");
  private static final int CHUNK_BYTES = 1024;

  static SmallChunks store(BackupStore store, String id, long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> streams = new LinkedHashMap<>();
    List<StreamEntry> entries = new ArrayList<>();
    for (String name : List.of("schema", "data", "blobs")) {
      byte[] plain = new byte[3 * CHUNK_BYTES + 100 + random.nextInt(800)];
      random.nextBytes(plain);
      streams.put(name, plain);
      ChunkWriter writer =
          new ChunkWriter(
              name,
              (stream, index, chunk, plainBytes) ->
                  store.putIfAbsent(LAYOUT.chunk(id, stream, index), chunk),
              CHUNK_BYTES);
      writer.write(plain, 0, plain.length);
      writer.close();
      entries.add(Objects.requireNonNull(writer.finished()));
    }
    BackupRecord record =
        new BackupRecord(
            id,
            LAYOUT.source(),
            BackupRecord.Kind.REGULAR,
            "bytes",
            Instant.EPOCH,
            Instant.EPOCH,
            entries.stream().mapToLong(StreamEntry::plainBytes).sum(),
            entries.stream().mapToLong(StreamEntry::storedBytes).sum(),
            entries.stream().mapToInt(s -> s.chunks().size()).sum(),
            Map.of("rows", "12"),
            Optional.empty());
    Manifest manifest = new Manifest(record, entries);
    store.putIfAbsent(LAYOUT.manifest(id), Blob.of(sealed(manifest)));
    return new SmallChunks(manifest, streams);
  }

  static byte[] sealed(Manifest manifest) {
    return SealedJson.seal(ManifestWriter.toJson(manifest));
  }
}
