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
record SmallChunks(Manifest manifest, Packaging packaging, Map<String, byte[]> streams) {
  static final Layout LAYOUT = new Layout("orders");

  static SmallChunks store(
      BackupStore store, String id, long seed, Packaging packaging, int chunkBytes) {
    Random random = new Random(seed);
    Map<String, byte[]> streams = new LinkedHashMap<>();
    List<StreamEntry> entries = new ArrayList<>();
    for (String name : List.of("schema", "data", "blobs")) {
      byte[] plain = new byte[3 * chunkBytes + 100 + random.nextInt(800)];
      random.nextBytes(plain);
      streams.put(name, plain);
      ChunkPipeline.Target target =
          (place, chunk, plainBytes) ->
              store.putIfAbsent(
                  LAYOUT.chunk(id, place.stream(), place.index(), packaging.suffix()), chunk);
      try (ChunkPipeline pipeline = new ChunkPipeline(packaging.format(id), 0, target)) {
        ChunkWriter writer = new ChunkWriter(name, streams.size(), pipeline, chunkBytes);
        writer.write(plain, 0, plain.length);
        writer.close();
        entries.add(Objects.requireNonNull(writer.finished()));
      }
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
    Manifest manifest =
        new Manifest(record, packaging.compression().method(), packaging.keys(), entries);
    store.putIfAbsent(LAYOUT.manifest(id), Blob.of(sealed(manifest, packaging)));
    return new SmallChunks(manifest, packaging, streams);
  }

  /** By somebody who knows the format and has the key. */
  static byte[] sealed(Manifest manifest, Packaging packaging) {
    return SealedJson.seal(packaging.authenticated(ManifestWriter.toJson(manifest)));
  }
}
