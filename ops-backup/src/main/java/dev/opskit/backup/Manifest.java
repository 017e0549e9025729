package dev.opskit.backup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The whole content of a manifest: what the public sees of it, and where the bytes are.
 *
 * @param keys the data key, wrapped for each recipient; empty if the backup is not encrypted
 */
record Manifest(
    BackupRecord record,
    Compression.Method compression,
    List<WrappedKey> keys,
    List<StreamEntry> streams) {
  /** Changes when a reader of the old version could misread the new one. */
  static final int VERSION = 1;

  /** AES-256-GCM in segments of 64 KiB. */
  static final String ENCRYPTION = "aes-256-gcm-64k";

  /** A manifest is about 130 bytes a chunk, so this is enough for 8 TiB of plain data. */
  static final int MAX_JSON_BYTES = 64 << 20;

  Manifest {
    keys = List.copyOf(keys);
    streams = List.copyOf(streams);
    if (streams.stream().map(StreamEntry::name).distinct().count() != streams.size()) {
      throw new IllegalArgumentException("two streams of one name");
    }
  }

  static String word(BackupRecord.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String word(Compression.Method method) {
    return method.name().toLowerCase(Locale.ROOT);
  }

  static Compression.Method compression(String word) {
    return Arrays.stream(Compression.Method.values())
        .filter(method -> word(method).equals(word))
        .findFirst()
        .orElseThrow(() -> new BackupCorruptException("unknown compression " + word));
  }

  static BackupRecord.Kind kind(String word) {
    return Arrays.stream(BackupRecord.Kind.values())
        .filter(kind -> word(kind).equals(word))
        .findFirst()
        .orElseThrow(() -> new BackupCorruptException("unknown kind of backup: " + word));
  }

  boolean isEncrypted() {
    return !keys.isEmpty();
  }

  /** The end of the names of its chunks. */
  String suffix() {
    return ChunkFormat.suffix(compression, isEncrypted());
  }

  /** In the order in which they were begun, from 1. */
  int numberOf(StreamEntry stream) {
    return streams.indexOf(stream) + 1;
  }

  Optional<StreamEntry> stream(String name) {
    return streams.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
