package dev.opskit.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.opskit.core.json.JsonWriter;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes beside backups, which are only ever added. They are numbered, so that their order does not
 * hang on the clocks of those who write them; what a note says is in its name, so that a listing
 * tells everything.
 */
final class Marks {
  private static final Logger logger = LoggerFactory.getLogger(Marks.class);
  private static final int MAX_MARK_BYTES = 1 << 16;

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

  /** What the last marks of a kind say, the newest backup first. */
  List<String> notes(MarkKind kind, int atMost) {
    List<BlobKey> keys = new ArrayList<>();
    Pages.each(
        store,
        layout.marks(),
        info ->
            layout
                .parseMark(info.key())
                .filter(name -> name.word().equals(kind.word()))
                .ifPresent(name -> keys.add(0, info.key())));
    return keys.stream().limit(atMost).flatMap(key -> note(key).stream()).toList();
  }

  private Optional<String> note(BlobKey key) {
    try (InputStream in = store.open(key).orElse(InputStream.nullInputStream());
        JsonParser json =
            new JsonFactory().createParser(SealedJson.open(in.readNBytes(MAX_MARK_BYTES), key))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("note")) {
          return Optional.ofNullable(json.nextTextValue());
        }
      }
    } catch (IOException | BackupCorruptException damaged) {
      logger.warn("mark {} cannot be read", key, damaged);
    }
    return Optional.empty();
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
