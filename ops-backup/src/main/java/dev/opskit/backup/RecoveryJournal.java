package dev.opskit.backup;

import dev.opskit.backup.RecoveryEntry.Kind;
import dev.opskit.core.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What recoveries of a source have done, as numbered blobs in the store, each of which is written
 * once. Only who has read the last one can write the next: so there is one runner at a time, and
 * one that was replaced is stopped by its next entry, before its next step. Confined to one thread.
 */
final class RecoveryJournal {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_NOTE = 8_000;

  private final Layout layout;
  private final BackupStore store;
  private final LinkedList<RecoveryEntry> entries = new LinkedList<>();
  private int last;
  private boolean isLost;

  private RecoveryJournal(Layout layout, BackupStore store) {
    this.layout = layout;
    this.store = store;
  }

  /** Reads the newest run. */
  static RecoveryJournal read(Layout layout, BackupStore store) {
    RecoveryJournal journal = new RecoveryJournal(layout, store);
    List<BlobKey> keys = new ArrayList<>();
    Pages.each(store, layout.recoveries(), info -> keys.add(info.key()));
    journal.last = keys.size();
    for (int number = keys.size(); number > 0; number--) {
      RecoveryEntry entry = journal.entry(layout.recovery(number));
      journal.entries.addFirst(entry);
      if (entry.kind() == Kind.BEGUN) {
        break;
      }
    }
    return journal;
  }

  /** Of the newest run, the first one first; empty if there was none. */
  List<RecoveryEntry> entries() {
    return List.copyOf(entries);
  }

  Optional<RecoveryEntry> latest() {
    return Optional.ofNullable(entries.peekLast());
  }

  /** Whether there is a run that has neither finished nor been given up. */
  boolean isOpen() {
    return latest().filter(entry -> !entry.kind().endsTheRun()).isPresent();
  }

  /** Whether another runner writes it now. */
  boolean isLost() {
    return isLost;
  }

  void append(RecoveryEntry entry) {
    BlobKey key = layout.recovery(last + 1);
    if (!store.putIfAbsent(key, Blob.of(SealedJson.seal(json(entry))))) {
      isLost = true;
      throw new BackupUnavailableException(
          "another runner goes on with the recovery of %s; this one has stopped before its next step"
              .formatted(layout.source()));
    }
    last++;
    if (entry.kind() == Kind.BEGUN) {
      entries.clear();
    }
    entries.add(entry);
  }

  private byte[] json(RecoveryEntry entry) {
    JsonWriter json = new JsonWriter(512);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("source").value(layout.source());
    json.name("run").value(entry.run());
    json.name("runner").value(entry.runner());
    json.name("kind").value(entry.kind().name());
    json.name("step").value(entry.step());
    json.name("at").value(entry.at().toString());
    json.name("note").value(entry.note(), MAX_NOTE);
    return json.endObject().newline().toByteArray();
  }

  private RecoveryEntry entry(BlobKey key) {
    try (InputStream in =
        store.open(key).orElseThrow(() -> new BackupCorruptException("there is no entry " + key))) {
      Map<String, String> texts = SealedJson.texts(in.readNBytes(MAX_BYTES), key);
      return new RecoveryEntry(
          texts.getOrDefault("run", ""),
          texts.getOrDefault("runner", ""),
          Kind.valueOf(texts.getOrDefault("kind", "")),
          texts.getOrDefault("step", ""),
          Instant.parse(texts.getOrDefault("at", "")),
          texts.getOrDefault("note", ""));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new BackupCorruptException(key + " is no entry of a journal: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BackupUnavailableException("reading " + key + " failed", e);
    }
  }
}
