package dev.opskit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed backups of one source. There is no other book than the store itself: a backup is
 * here when its manifest is. Chunks of a run that failed are never seen here.
 *
 * <p>Thread-safe. Every call lists the store; a manifest is read once and remembered, as it never
 * changes. A manifest that is damaged is logged and left out of {@link #list()} and {@link
 * #latest()}.
 */
public final class BackupCatalog {
  private static final Logger logger = LoggerFactory.getLogger(BackupCatalog.class);

  private final Layout layout;
  private final BackupStore store;
  private final Map<BlobKey, BackupRecord> known = new ConcurrentHashMap<>();

  BackupCatalog(Layout layout, BackupStore store) {
    this.layout = layout;
    this.store = store;
  }

  /**
   * All backups.
   *
   * @return newest first
   * @throws BackupException if the store cannot be read
   */
  public List<BackupRecord> list() {
    List<BackupRecord> records = new ArrayList<>();
    for (Layout.ManifestName name : names()) {
      BackupRecord record = recordOrNull(name);
      if (record != null) {
        records.add(record);
      }
    }
    return List.copyOf(records);
  }

  /**
   * The newest backup whose manifest is sound.
   *
   * @return empty if there is none
   * @throws BackupException if the store cannot be read
   */
  public Optional<BackupRecord> latest() {
    for (Layout.ManifestName name : names()) {
      BackupRecord record = recordOrNull(name);
      if (record != null) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  /**
   * One backup.
   *
   * @param id its id
   * @return empty if there is no such backup
   * @throws BackupCorruptException if its manifest is damaged
   * @throws BackupException if the store cannot be read
   */
  public Optional<BackupRecord> find(String id) {
    return name(id).map(name -> read(name).record());
  }

  Manifest manifest(String id) {
    return read(
        name(id)
            .orElseThrow(
                () ->
                    new BackupRefusedException(
                        "there is no backup %s of %s".formatted(id, layout.source()))));
  }

  private Optional<Layout.ManifestName> name(String id) {
    return names().stream().filter(name -> name.id().equals(id)).findFirst();
  }

  /** Newest first. */
  private List<Layout.ManifestName> names() {
    List<Layout.ManifestName> names = new ArrayList<>();
    String last = "";
    while (true) {
      List<BlobInfo> page = store.list(layout.manifests(), last);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(info -> layout.parseManifest(info.key()).ifPresent(names::add));
      last = page.get(page.size() - 1).key().value();
    }
    Set<BlobKey> present = names.stream().map(Layout.ManifestName::key).collect(Collectors.toSet());
    known.keySet().retainAll(present);
    names.sort(Comparator.comparing(Layout.ManifestName::id).reversed());
    return names;
  }

  private @Nullable BackupRecord recordOrNull(Layout.ManifestName name) {
    BackupRecord record = known.get(name.key());
    if (record == null) {
      try {
        record = read(name).record();
        known.put(name.key(), record);
      } catch (BackupRefusedException e) {
        logger.warn("manifest {} is left out: {}", name.key(), e.getMessage());
      }
    }
    return record;
  }

  private Manifest read(Layout.ManifestName name) {
    byte[] json;
    try (InputStream in =
        store
            .open(name.key())
            .orElseThrow(() -> new BackupCorruptException("there is no manifest " + name.key()))) {
      json = in.readNBytes(Manifest.MAX_BYTES);
    } catch (IOException e) {
      throw new BackupUnavailableException("reading " + name.key() + " failed", e);
    }
    if (!Sha256.hexOf(json, 0, json.length).equals(name.sha256())) {
      throw new BackupCorruptException(
          "manifest " + name.key() + " does not have the SHA-256 in its name");
    }
    Manifest manifest = ManifestReader.read(json);
    BackupRecord record = manifest.record();
    if (!record.id().equals(name.id()) || !record.source().equals(layout.source())) {
      throw new BackupCorruptException("manifest " + name.key() + " is about another backup");
    }
    return manifest;
  }
}
