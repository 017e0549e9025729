package dev.opskit.logging;

import org.jspecify.annotations.Nullable;

/**
 * The texts of stack frames that were written before: an application throws from few places, and
 * the text of a frame costs more than everything else in a line with an exception. A slot a hash,
 * shared by the writers of an encoder. Thread-safe without a lock, as frames are immutable and a
 * lost update costs one more text.
 */
final class StackFrames {
  private static final int SLOTS = 2_048;
  private static final int MAX_CHARS = 300;
  private static final byte[] INDENT = Ascii.bytes("\\tat ");

  private final @Nullable Frame[] frames = new Frame[SLOTS];

  /** A frame's text, as the JVM prints it. */
  Frame of(StackTraceElement element) {
    int hash = 31 * element.getClassName().hashCode() + element.getMethodName().hashCode();
    hash = 31 * hash + element.getLineNumber();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Frame known = frames[slot];
    if (known != null && known.element.equals(element)) {
      return known;
    }
    Frame frame = new Frame(element);
    if (frame.text.length() <= MAX_CHARS) {
      frames[slot] = frame;
    }
    return frame;
  }

  /** One frame; immutable. */
  static final class Frame {
    /** Where the frame's own text begins in {@link #json}. */
    static final int TEXT_OFFSET = INDENT.length;

    final StackTraceElement element;
    final String text;

    /** The text with {@code \tat } before it, or null if it has to be escaped. */
    final byte @Nullable [] json;

    final long hash;

    Frame(StackTraceElement element) {
      this.element = element;
      this.text = element.toString();
      this.hash = StackHash.of(element);
      LineBuffer line = new LineBuffer(text.length() + 16);
      line.raw(INDENT);
      line.content(text, Integer.MAX_VALUE);
      this.json = line.escaped || text.length() > MAX_CHARS ? null : line.copy();
    }
  }
}
