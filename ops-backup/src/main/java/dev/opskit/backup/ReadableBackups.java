package dev.opskit.backup;

import java.io.IOException;

/** The backups that the strategy understands, and what is noted when one cannot be read. */
record ReadableBackups(
    Layout layout,
    GuardedStore store,
    Manifests manifests,
    Marks marks,
    Vault vault,
    BackupStrategy strategy) {

  interface Reading {
    void run() throws IOException, InterruptedException;
  }

  ReadableBackups by(BackupStrategy another) {
    return new ReadableBackups(layout, store, manifests, marks, vault, another);
  }

  Manifest get(String id) {
    Manifest manifest = manifests.get(id);
    String format = manifest.record().format();
    if (!format.equals(strategy.format())) {
      throw new BackupRefusedException(
          "backup %s has the format %s, this strategy reads %s"
              .formatted(id, format, strategy.format()));
    }
    return manifest;
  }

  /** The caller closes it. */
  StoredBackup open(Manifest manifest, ProgressMeter progress) {
    return vault.open(manifest, progress);
  }

  /**
   * What turns out to be damaged is marked, unless it was only deleted under the reader's hands.
   */
  void reading(String id, Reading work) throws IOException, InterruptedException {
    try {
      work.run();
    } catch (BackupCorruptException e) {
      if (manifests.isGone(id)) {
        throw new BackupRefusedException("backup " + id + " was deleted meanwhile", e);
      }
      try {
        if (!marks.of(id).isDamaged()) {
          marks.add(id, MarkKind.DAMAGED, String.valueOf(e.getMessage()));
        }
      } catch (BackupException unmarked) {
        e.addSuppressed(unmarked);
      }
      throw e;
    }
  }
}
