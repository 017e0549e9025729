package dev.opskit.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** One stream in the manifest. */
record StreamEntry(String name, List<ChunkEntry> chunks) {
  StreamEntry {
    if (!Layout.STREAM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "stream name '%s' is not of the form %s".formatted(name, Layout.STREAM.pattern()));
    }
    chunks = List.copyOf(chunks);
  }

  /**
   * Of the whole: the SHA-256 of the lines with those of the chunks. It covers every byte that is
   * stored, costs nothing, and tells nothing of what is encrypted.
   */
  String sha256() {
    MessageDigest digest = Sha256.digest();
    for (ChunkEntry chunk : chunks) {
      digest.update((chunk.sha256() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return Sha256.hex(digest);
  }

  long plainBytes() {
    return chunks.stream().mapToLong(ChunkEntry::plainBytes).sum();
  }

  long storedBytes() {
    return chunks.stream().mapToLong(ChunkEntry::storedBytes).sum();
  }
}
