package dev.opskit.backup;

import dev.opskit.core.json.JsonWriter;
import dev.opskit.core.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes beside backups, which are only ever added. They are numbered, so that their order does not
 * hang on the clocks of those who write them; what a note says is in its name, so that a listing
 * tells everything.
 */
final class Marks {
  /** Each try but the last means that another process has just written the very same kind. */
  private static final int TRIES = 64;

  private final Layout layout;
  private final BackupStore store;
  private final TimeSource time;

  Marks(Layout layout, BackupStore store, TimeSource time) {
    this.layout = layout;
    this.store = store;
    this.time = time;
  }

  Map<String, MarkHistory> all() {
    Map<String, List<Layout.MarkName>> names = new HashMap<>();
    Pages.each(
        store,
        layout.marks(),
        info ->
            layout
                .parseMark(info.key())
                .ifPresent(
                    name -> names.computeIfAbsent(name.id(), id -> new ArrayList<>()).add(name)));
    Map<String, MarkHistory> histories = new HashMap<>();
    names.forEach((id, found) -> histories.put(id, MarkHistory.of(found)));
    return histories;
  }

  MarkHistory of(String id) {
    List<Layout.MarkName> names = new ArrayList<>();
    Pages.each(store, layout.marks(id), info -> layout.parseMark(info.key()).ifPresent(names::add));
    return MarkHistory.of(names);
  }

  void add(String id, MarkKind kind, String note) {
    Blob blob = Blob.of(SealedJson.seal(json(id, kind, note)));
    int first = of(id).lastNumber() + 1;
    for (int number = first; number < first + TRIES; number++) {
      if (store.putIfAbsent(layout.mark(id, number, kind), blob)) {
        return;
      }
    }
    throw new BackupUnavailableException(
        "backup %s could not be marked %s: others write marks, too".formatted(id, kind.word()));
  }

  private byte[] json(String id, MarkKind kind, String note) {
    JsonWriter json = new JsonWriter(256);
    json.beginObject();
    json.name("version").value(Manifest.VERSION);
    json.name("mark").value(kind.word());
    json.name("id").value(id);
    json.name("source").value(layout.source());
    json.name("at").value(time.now().toString());
    json.name("note").value(note);
    return json.endObject().newline().toByteArray();
  }
}
