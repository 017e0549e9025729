package dev.opskit.backup;

/** Opens committed backups, with their key if they are encrypted. Thread-safe. */
record Vault(Layout layout, GuardedStore store, Manifests manifests, Recipients recipients) {

  /** The caller closes it. Throws {@link BackupKeyException} if there is no key. */
  StoredBackup open(Manifest manifest, ProgressMeter progress) {
    if (!manifest.isEncrypted()) {
      return new StoredBackup(manifest, null, layout, store, progress);
    }
    String id = manifest.record().id();
    // Once more: what is taken as true is what the key has shown to be authentic.
    byte[] line = manifests.line(id);
    Manifest authentic = manifests.parse(id, line);
    DataKey key = recipients.unwrap(id, authentic.keys());
    try {
      ManifestMac.check(line, key, id);
      return new StoredBackup(authentic, key, layout, store, progress);
    } catch (RuntimeException e) {
      key.close();
      throw e;
    }
  }
}
