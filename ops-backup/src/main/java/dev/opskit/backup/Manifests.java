package dev.opskit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manifests of one source: listed each time, read once. Thread-safe. */
final class Manifests {
  private static final Logger logger = LoggerFactory.getLogger(Manifests.class);

  private final Layout layout;
  private final BackupStore store;

  /** Empty for a run that was given up. */
  private final Map<BlobKey, Optional<BackupRecord>> known = new ConcurrentHashMap<>();

  Manifests(Layout layout, BackupStore store) {
    this.layout = layout;
    this.store = store;
  }

  /** Of those that are sound, newest first, each read when the stream comes to it. */
  Stream<BackupRecord> records() {
    return names().stream().flatMap(name -> recordIfSound(name).stream());
  }

  /** Empty if there is none, also if the run was given up. */
  Optional<Manifest> find(String id) {
    return name(id).flatMap(this::read);
  }

  Manifest get(String id) {
    return find(id).orElseThrow(() -> absent(id));
  }

  /** As it is stored, without its seal. */
  byte[] line(String id) {
    return name(id).flatMap(this::line).orElseThrow(() -> absent(id));
  }

  /** A line that may come from anywhere, of a backup that does not. */
  Manifest parse(String id, byte[] line) {
    Manifest manifest = ManifestReader.read(line);
    BackupRecord record = manifest.record();
    if (!record.id().equals(id) || !record.source().equals(layout.source())) {
      throw new BackupCorruptException(
          "manifest " + layout.manifest(id) + " is about another backup");
    }
    return manifest;
  }

  private BackupRefusedException absent(String id) {
    return new BackupRefusedException("there is no backup %s of %s".formatted(id, layout.source()));
  }

  /** Whether a manifest is there, sound or not. */
  boolean isCommitted(String id) {
    return name(id).filter(name -> !isTombstone(name)).isPresent();
  }

  List<String> tombstones() {
    return names().stream().filter(this::isTombstone).map(Layout.ManifestName::id).toList();
  }

  boolean isGone(String id) {
    return name(id).isEmpty();
  }

  private Optional<Layout.ManifestName> name(String id) {
    if (!BackupId.isValid(id)) {
      return Optional.empty();
    }
    BlobKey key = layout.manifest(id);
    return store.list(key.value(), "").stream()
        .map(BlobInfo::key)
        .filter(key::equals)
        .findFirst()
        .flatMap(layout::parseManifest);
  }

  /** Newest first. */
  private List<Layout.ManifestName> names() {
    List<Layout.ManifestName> names = new ArrayList<>();
    Pages.each(
        store, layout.manifests(), info -> layout.parseManifest(info.key()).ifPresent(names::add));
    Set<BlobKey> present = names.stream().map(Layout.ManifestName::key).collect(Collectors.toSet());
    known.keySet().retainAll(present);
    names.sort(Comparator.comparing(Layout.ManifestName::id).reversed());
    return names;
  }

  private boolean isTombstone(Layout.ManifestName name) {
    recordIfSound(name);
    // What cannot be understood is not in the map and is no tombstone.
    Optional<BackupRecord> record = known.get(name.key());
    return record != null && record.isEmpty();
  }

  private Optional<BackupRecord> recordIfSound(Layout.ManifestName name) {
    Optional<BackupRecord> record = known.get(name.key());
    if (record == null) {
      try {
        record = read(name).map(Manifest::record);
        known.put(name.key(), record);
      } catch (BackupRefusedException e) {
        logger.warn("manifest {} is left out: {}", name.key(), e.getMessage());
        return Optional.empty();
      }
    }
    return record;
  }

  private Optional<Manifest> read(Layout.ManifestName name) {
    return line(name).map(line -> parse(name.id(), line));
  }

  /** Empty if it is the mark of a run that was given up. */
  private Optional<byte[]> line(Layout.ManifestName name) {
    byte[] sealed;
    try (InputStream in =
        store
            .open(name.key())
            .orElseThrow(() -> new BackupCorruptException("there is no manifest " + name.key()))) {
      sealed = in.readNBytes(Manifest.MAX_JSON_BYTES + SealedJson.SEAL_BYTES);
    } catch (IOException e) {
      throw new BackupUnavailableException("reading " + name.key() + " failed", e);
    }
    if (Arrays.equals(sealed, Tombstone.of(layout.source(), name.id()))) {
      return Optional.empty();
    }
    return Optional.of(SealedJson.open(sealed, name.key()));
  }
}
