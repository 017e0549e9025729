package dev.opskit.backup;

import java.util.List;

/**
 * One stream in the manifest.
 *
 * @param sha256 of the plain bytes of the whole stream
 */
record StreamEntry(String name, String sha256, List<ChunkEntry> chunks) {
  StreamEntry {
    if (!Layout.STREAM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stream name '%s' is not of the form %s".formatted(name, Layout.STREAM.pattern()));
    }
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("stream with SHA-256 '" + sha256 + "'");
    }
    chunks = List.copyOf(chunks);
  }

  long plainBytes() {
    return chunks.stream().mapToLong(ChunkEntry::plainBytes).sum();
  }

  long storedBytes() {
    return chunks.stream().mapToLong(ChunkEntry::storedBytes).sum();
  }
}
