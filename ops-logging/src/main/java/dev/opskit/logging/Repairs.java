package dev.opskit.logging;

import dev.opskit.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** What had to be done to a line to keep it valid and bounded, for whoever reads the line. */
final class Repairs {
  /** The most that {@link #writeTo} takes. */
  static final int MAX_BYTES = 1_000;

  private static final int MAX_NOTES = 8;
  private static final int MAX_NOTE_BYTES = 110;

  private final List<String> notes = new ArrayList<>();
  private int more;

  void add(String field, String what) {
    if (notes.size() < MAX_NOTES) {
      notes.add(field + ": " + what);
    } else {
      more++;
    }
  }

  void writeTo(JsonWriter json) {
    if (notes.isEmpty()) {
      return;
    }
    json.name("repaired").beginArray();
    for (String note : notes) {
      json.value(note, MAX_NOTE_BYTES);
    }
    if (more > 0) {
      json.value("and " + more + " more");
    }
    json.endArray();
  }

  void reset() {
    notes.clear();
    more = 0;
  }
}
