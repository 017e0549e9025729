package dev.opskit.backup;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Looks at one backup, as thoroughly as it is told. */
final class Verification {
  private final Manifest manifest;
  private final Layout layout;
  private final GuardedStore store;
  private final Vault vault;
  private final ProgressMeter progress;

  Verification(Manifest manifest, Vault vault, ProgressMeter progress) {
    this.manifest = manifest;
    this.layout = vault.layout();
    this.store = vault.store();
    this.vault = vault;
    this.progress = progress;
  }

  void run(VerificationLevel level, BackupStrategy strategy)
      throws IOException, InterruptedException {
    if (level.counts()) {
      try (StoredBackup source = vault.open(manifest, progress)) {
        if (level == VerificationLevel.ARCHIVE) {
          strategy.inspect(source);
        }
        source.verifyTheRest();
      }
      return;
    }
    requirePresence();
    if (level == VerificationLevel.CHECKSUMS) {
      requireChecksums(
          store
              .checksums()
              .orElseThrow(
                  () ->
                      new BackupRefusedException(
                          "this store tells no checksums, verify with HASHES instead")));
    }
  }

  private void requirePresence() {
    Map<BlobKey, Long> sizes = new HashMap<>();
    Pages.each(
        store,
        layout.chunks(manifest.record().id()),
        info -> sizes.put(info.key(), info.sizeBytes()));
    forEachChunk(
        (key, chunk) -> {
          Long size = sizes.get(key);
          if (size == null) {
            throw new BackupCorruptException("there is no chunk " + key);
          }
          if (size != chunk.storedBytes()) {
            throw new BackupCorruptException(
                "chunk %s has %d bytes, the manifest says %d"
                    .formatted(key, size, chunk.storedBytes()));
          }
        });
  }

  private void requireChecksums(ChecksummedStore checksums) {
    forEachChunk(
        (key, chunk) -> {
          Cancellation.check();
          String sha256 =
              checksums
                  .sha256(key)
                  .orElseThrow(
                      () -> new BackupRefusedException("the store tells no checksum of " + key));
          if (!sha256.equals(chunk.sha256())) {
            throw new BackupCorruptException(
                "chunk " + key + " does not have the manifest's SHA-256, says the store");
          }
          progress.add(chunk.plainBytes(), chunk.storedBytes());
        });
  }

  private interface ChunkVisitor {
    void visit(BlobKey key, ChunkEntry chunk);
  }

  private void forEachChunk(ChunkVisitor visitor) {
    for (StreamEntry stream : manifest.streams()) {
      for (int i = 0; i < stream.chunks().size(); i++) {
        visitor.visit(
            layout.chunk(manifest.record().id(), stream.name(), i, manifest.suffix()),
            stream.chunks().get(i));
      }
    }
  }
}
