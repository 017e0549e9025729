package dev.opskit.logging;

import java.util.ArrayList;
import java.util.List;

/** What had to be done to a line to keep it valid and bounded, for whoever reads the line. */
final class Repairs {
  /** The most that {@link #writeTo} takes. */
  static final int MAX_BYTES = 1_000;

  private static final byte[] NAME = Ascii.field("repaired");
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

  void writeTo(LineBuffer line) {
    if (notes.isEmpty()) {
      return;
    }
    line.raw(NAME);
    line.ascii('[');
    for (int i = 0; i < notes.size(); i++) {
      note(line, notes.get(i));
    }
    if (more > 0) {
      note(line, "and " + more + " more");
    }
    line.ascii(']');
  }

  private static void note(LineBuffer line, String note) {
    line.separate();
    line.ascii('"');
    line.content(note, line.size + MAX_NOTE_BYTES - 2);
    line.ascii('"');
  }

  void reset() {
    notes.clear();
    more = 0;
  }
}
