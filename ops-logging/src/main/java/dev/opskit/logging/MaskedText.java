package dev.opskit.logging;

/**
 * Writes texts masked. What is written without an escape is its own UTF-8, so it is masked in place
 * and costs no copy; where an escape or a cut could hide a part of a value, the text itself is
 * masked first. Confined to one thread.
 */
final class MaskedText {
  private static final byte[] DOTS = Ascii.bytes("...");

  private final LineBuffer line;
  private final Masking masking;

  MaskedText(LineBuffer line, Masking masking) {
    this.line = line;
    this.masking = masking;
  }

  /** A whole string, at most up to a size of the line; notes what was cut. */
  void quoted(String field, String text, int last, Repairs repairs) {
    line.ascii('"');
    int mark = line.size;
    line.escaped = false;
    int written = line.content(text, last - 1);
    if (line.escaped || written < text.length()) {
      String masked = masking.text(text);
      if (!masked.equals(text)) {
        line.size = mark;
        written = line.content(masked, last - 1);
      }
      if (written < masked.length()) {
        repairs.add(field, "cut to " + written + " of " + masked.length() + " characters");
      }
    } else {
      maskFrom(mark);
    }
    line.ascii('"');
  }

  /**
   * A part of a string, cut with dots behind {@code maxBytes}. Returns false if the line has no
   * room for all of it.
   */
  boolean part(String text, int maxBytes, int last) {
    int mark = line.size;
    int end = Math.min(last, mark + maxBytes);
    line.escaped = false;
    int written = line.content(text, end);
    if (line.escaped || written < text.length()) {
      String masked = masking.text(text);
      if (!masked.equals(text)) {
        line.size = mark;
        written = line.content(masked, end);
      }
      if (written < masked.length()) {
        if (end == last) {
          return false;
        }
        line.raw(DOTS);
      }
    } else {
      maskFrom(mark);
    }
    return true;
  }

  /** Masks bytes that stand in the line and hold no escape, in place. */
  void maskFrom(int mark) {
    line.size = mark + masking.mask(line.bytes, mark, line.size - mark);
  }
}
