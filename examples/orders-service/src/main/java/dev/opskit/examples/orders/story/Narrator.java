package dev.opskit.examples.orders.story;

import java.io.PrintStream;
import java.util.Locale;

/** Prints the story and remembers whether every step was what it should be. */
final class Narrator {
  /** The telling of one chapter. */
  interface Chapter {
    void tell() throws Exception;
  }

  private final PrintStream out;
  private int chapters;
  private int failures;

  Narrator(PrintStream out) {
    this.out = out;
  }

  void title(String title) {
    out.println(title);
    out.println("=".repeat(title.length()));
  }

  void chapter(String title) {
    chapters++;
    out.println();
    out.println(chapters + ". " + title);
  }

  /** One that cannot be told to its end is a step that failed, not the end of the story. */
  void attempt(Chapter chapter) {
    try {
      chapter.tell();
    } catch (Exception e) {
      expect(false, "the chapter ended early: %s", e);
    }
  }

  void say(String format, Object... arguments) {
    out.println("   " + String.format(Locale.ROOT, format, arguments));
  }

  /** Something as it was really seen: a log line, an answer, a row of metrics. */
  void quote(String text) {
    text.lines().forEach(line -> out.println("     | " + line));
  }

  /** A claim of the story, and whether it holds. */
  void expect(boolean holds, String format, Object... arguments) {
    if (!holds) {
      failures++;
    }
    out.println(
        (holds ? "   [ok] " : "   [NOT OK] ") + String.format(Locale.ROOT, format, arguments));
  }

  /** A chapter that cannot be told here, and what would be needed for it. */
  void skip(String why) {
    out.println("   (skipped: " + why + ")");
  }

  int failures() {
    return failures;
  }

  /** For the shell: 0 if every step was what it should be, else 1. */
  int status() {
    return failures == 0 ? 0 : 1;
  }
}
