package dev.opskit.backup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The whole content of a manifest: what the public sees of it, and where the bytes are. */
record Manifest(BackupRecord record, List<StreamEntry> streams) {
  /** Changes when a reader of the old version could misread the new one. */
  static final int VERSION = 1;

  static final String COMPRESSION = "zstd";

  /** A manifest is about 130 bytes a chunk, so this is enough for 8 TiB of plain data. */
  static final int MAX_JSON_BYTES = 64 << 20;

  Manifest {
    streams = List.copyOf(streams);
    if (streams.stream().map(StreamEntry::name).distinct().count() != streams.size()) {
      throw new IllegalArgumentException("two streams of one name");
    }
  }

  static String word(BackupRecord.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static BackupRecord.Kind kind(String word) {
    return Arrays.stream(BackupRecord.Kind.values())
        .filter(kind -> word(kind).equals(word))
        .findFirst()
        .orElseThrow(() -> new BackupCorruptException("unknown kind of backup: " + word));
  }

  Optional<StreamEntry> stream(String name) {
    return streams.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
