package dev.opskit.backup;

import dev.opskit.core.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who makes the backup of a slot, noted in the store. An attempt names the run that may make it,
 * and the store gives each number of an attempt once. A further attempt may begin only when the run
 * of the one before can never commit: because there is a tombstone in the place of its manifest. So
 * there is at most one backup for a slot, whatever clocks say and whoever was taken for dead.
 */
final class SlotRuns {
  private static final Pattern NAME = Pattern.compile("(\\d{4})(?:\\.(\\d{6}))?");
  private static final int MAX_BYTES = 4_096;

  /** What became of the run of an attempt. */
  enum Fate {
    OPEN,
    COMMITTED,
    GIVEN_UP
  }

  /**
   * The last attempt at a slot.
   *
   * @param number 1 for the first
   * @param id of the run that may make the backup
   * @param beats how many signs of life it has given
   */
  record Attempt(int number, String id, int beats) {}

  private final Layout layout;
  private final BackupStore store;
  private final Manifests manifests;

  SlotRuns(Layout layout, BackupStore store, Manifests manifests) {
    this.layout = layout;
    this.store = store;
    this.manifests = manifests;
  }

  Optional<Attempt> last(Instant slot) {
    List<int[]> names = new ArrayList<>();
    Pages.each(store, layout.slot(slot), info -> parse(slot, info.key()).ifPresent(names::add));
    int number = names.stream().mapToInt(name -> name[0]).max().orElse(0);
    if (number == 0) {
      return Optional.empty();
    }
    int beats =
        names.stream().filter(name -> name[0] == number).mapToInt(name -> name[1]).max().orElse(0);
    return Optional.of(new Attempt(number, idIn(layout.attempt(slot, number)), beats));
  }

  private Optional<int[]> parse(Instant slot, BlobKey key) {
    return layout
        .nameIn(key, layout.slot(slot))
        .map(NAME::matcher)
        .filter(Matcher::matches)
        .map(
            m ->
                new int[] {
                  Integer.parseInt(m.group(1)),
                  m.group(2) == null ? 0 : Integer.parseInt(m.group(2))
                });
  }

  private String idIn(BlobKey key) {
    try (InputStream in =
        store
            .open(key)
            .orElseThrow(() -> new BackupUnavailableException(key + " was deleted meanwhile"))) {
      String id = SealedJson.texts(in.readNBytes(MAX_BYTES), key).getOrDefault("id", "");
      if (!BackupId.isValid(id)) {
        throw new BackupCorruptException(key + " names no run");
      }
      return id;
    } catch (IOException e) {
      throw new BackupUnavailableException("reading " + key + " failed", e);
    }
  }

  /** Whether this run may make the backup of the slot; nobody else may then. */
  boolean claim(Instant slot, int number, String id) {
    return store.putIfAbsent(layout.attempt(slot, number), note(slot, id));
  }

  /** Lets the others see that the run is not dead. */
  void beat(Instant slot, int number, int beat, String id) {
    store.putIfAbsent(layout.attemptBeat(slot, number, beat), note(slot, id));
  }

  Fate fate(String id) {
    if (manifests.isCommitted(id)) {
      return Fate.COMMITTED;
    }
    return manifests.isGone(id) ? Fate.OPEN : Fate.GIVEN_UP;
  }

  /** Whether the run can never commit from now on; false if it has committed. */
  boolean giveUp(String id) {
    return store.putIfAbsent(layout.manifest(id), Blob.of(Tombstone.of(layout.source(), id)));
  }

  /** Deletes what is noted of old slots. */
  void forget(Instant before) {
    Pages.each(
        store,
        layout.slots(),
        info -> {
          if (BackupId.timeOf(info.key().value().substring(layout.slots().length()))
              .isBefore(before)) {
            store.delete(info.key());
          }
        });
  }

  private Blob note(Instant slot, String id) {
    JsonWriter json = new JsonWriter(256);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("slot").value(slot.toString());
    json.name("id").value(id);
    json.name("source").value(layout.source());
    return Blob.of(SealedJson.seal(json.endObject().newline().toByteArray()));
  }
}
