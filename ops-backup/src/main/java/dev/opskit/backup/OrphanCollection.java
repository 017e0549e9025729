package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what failed runs and interrupted deletions have left. A run is given up by putting a
 * tombstone where its manifest would be, before the first chunk goes: if it is alive after all, it
 * cannot commit any more, so that no clock can make half a backup visible.
 */
final class OrphanCollection {
  /** Tombstones are small; whoever sleeps longer than this in the middle of a run is no process. */
  private static final Duration TOMBSTONE_AGE = Duration.ofDays(90);

  private final Layout layout;
  private final BackupStore store;
  private final Manifests manifests;
  private final Duration safeAge;
  private final Consumer<BackupEvent> events;

  private final List<String> collected = new ArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private int blobs;
  private long bytes;

  OrphanCollection(
      Layout layout,
      BackupStore store,
      Manifests manifests,
      Duration safeAge,
      Consumer<BackupEvent> events) {
    this.layout = layout;
    this.store = store;
    this.manifests = manifests;
    this.safeAge = safeAge;
    this.events = events;
  }

  OrphanReport run(Instant now, @Nullable String running) {
    // The parts first and the manifests after them: a run that commits in between has one then.
    Map<String, Instant> alive = signsOfLife();
    for (Map.Entry<String, Instant> run : alive.entrySet()) {
      String id = run.getKey();
      Cancellation.check();
      if (manifests.isCommitted(id)) {
        deleteAll(layout.beats(id));
      } else if (id.equals(running) || run.getValue().isAfter(now.minus(safeAge))) {
        waiting.add(id);
      } else {
        collect(id);
      }
    }
    for (String id : manifests.tombstones()) {
      if (!alive.containsKey(id) && BackupId.timeOf(id).isBefore(now.minus(TOMBSTONE_AGE))) {
        store.delete(layout.manifest(id));
      }
    }
    return new OrphanReport(collected, waiting, blobs, bytes);
  }

  /** The last one of everybody who has left anything but a manifest. */
  private Map<String, Instant> signsOfLife() {
    Map<String, Instant> signs = new TreeMap<>();
    for (String folder : List.of(layout.chunks(), layout.marks(), layout.beats())) {
      Pages.each(
          store,
          folder,
          info ->
              layout
                  .ownerOf(info.key(), folder)
                  .ifPresent(id -> signs.merge(id, sign(info.key(), id), OrphanCollection::later)));
    }
    return signs;
  }

  private Instant sign(BlobKey key, String id) {
    Optional<String> beat = layout.parseBeat(key, id);
    return BackupId.timeOf(beat.orElse(id));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void collect(String id) {
    Blob tombstone = Blob.of(Tombstone.of(layout.source(), id));
    if (!store.putIfAbsent(layout.manifest(id), tombstone)) {
      return; // It has committed just now.
    }
    int blobsBefore = blobs;
    long bytesBefore = bytes;
    deleteAll(layout.chunks(id));
    deleteAll(layout.marks(id));
    deleteAll(layout.beats(id));
    collected.add(id);
    events.accept(
        new BackupEvent.Collected(layout.source(), id, blobs - blobsBefore, bytes - bytesBefore));
  }

  private void deleteAll(String folder) {
    Pages.each(
        store,
        folder,
        info -> {
          store.delete(info.key());
          blobs++;
          bytes += info.sizeBytes();
        });
  }
}
