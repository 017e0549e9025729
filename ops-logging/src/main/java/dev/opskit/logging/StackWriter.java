package dev.opskit.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes stacks as the JVM prints them, straight into the line. Each message is masked whole before
 * anything is cut, and of each throwable the first frames are kept, so that the causes below a long
 * stack are seen. Confined to one thread.
 */
final class StackWriter {
  private static final int MAX_MESSAGE_BYTES = 1_000;
  private static final int MAX_FRAME_BYTES = 300;
  private static final int MAX_DIGITS = 10;
  private static final byte[] NEWLINE = Ascii.bytes("\\n");
  private static final byte[] TAB = Ascii.bytes("\\t");

  private final LineBuffer line;
  private final MaskedText texts;
  private final StackFrames frames;
  private StackOptions options = StackOptions.DEFAULT;
  private int last;
  private int throwables;

  StackWriter(LineBuffer line, MaskedText texts, StackFrames frames) {
    this.line = line;
    this.texts = texts;
    this.frames = frames;
  }

  static String type(IThrowableProxy thrown) {
    try {
      return thrown instanceof ThrowableProxy proxy
              && proxy.getThrowable() instanceof UnreadableThrowable unreadable
          ? unreadable.type()
          : String.valueOf(thrown.getClassName());
    } catch (Throwable t) {
      return Readable.unreadable(t);
    }
  }

  static @Nullable String message(IThrowableProxy thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable t) {
      return Readable.unreadable(t);
    }
  }

  /** Writes the inside of a string; returns false if there was no room for all of it. */
  boolean write(IThrowableProxy thrown, StackOptions how, int end) {
    options = how;
    last = end;
    throwables = 0;
    int mark = line.size;
    try {
      return how.rootCauseFirst() ? fromTheRoot(thrown, 0) : fromTheTop(thrown, 0, "");
    } catch (Throwable t) {
      // A foreign proxy failed, maybe half-way through a character sequence of ours.
      line.size = mark;
      return texts.part(Readable.unreadable(t), MAX_FRAME_BYTES, last);
    }
  }

  private boolean fromTheTop(IThrowableProxy thrown, int indent, String caption) {
    return one(thrown, indent, caption)
        && suppressed(thrown, indent)
        && (thrown.getCause() == null || fromTheTop(thrown.getCause(), indent, "Caused by: "));
  }

  private boolean fromTheRoot(IThrowableProxy thrown, int indent) {
    List<IThrowableProxy> chain = new ArrayList<>();
    for (IThrowableProxy t = thrown; t != null; t = t.getCause()) {
      chain.add(t);
    }
    for (int i = chain.size() - 1; i >= 0; i--) {
      String caption = i == chain.size() - 1 ? "" : "Wrapped by: ";
      if (!one(chain.get(i), indent, caption) || !suppressed(chain.get(i), indent)) {
        return false;
      }
    }
    return true;
  }

  private boolean suppressed(IThrowableProxy thrown, int indent) {
    IThrowableProxy[] suppressed = thrown.getSuppressed();
    for (int i = 0; suppressed != null && i < suppressed.length; i++) {
      if (!fromTheTop(suppressed[i], indent + 1, "Suppressed: ")) {
        return false;
      }
    }
    return true;
  }

  private boolean one(IThrowableProxy thrown, int indent, String caption) {
    if (throwables == options.maxThrowables()) {
      return begin(indent) && ours("... more causes cut") && newline() && stop();
    }
    throwables++;
    return begin(indent)
        && ours(caption)
        && (!thrown.isCyclic() || ours("[circular] "))
        && headline(thrown)
        && newline()
        && ownFrames(thrown, indent);
  }

  /** Not for want of room, so the line is not said to be cut. */
  private boolean stop() {
    throwables = Integer.MAX_VALUE;
    return false;
  }

  /** Whether the last {@link #write} ended at the limit of throwables. */
  boolean endedByChoice() {
    return throwables == Integer.MAX_VALUE;
  }

  private boolean headline(IThrowableProxy thrown) {
    String overriding = thrown.getOverridingMessage();
    if (overriding != null) {
      return texts.part(overriding, MAX_MESSAGE_BYTES, last);
    }
    String message = thrown.getMessage();
    return texts.part(type(thrown), MAX_FRAME_BYTES, last)
        && (message == null || ours(": ") && texts.part(message, MAX_MESSAGE_BYTES, last));
  }

  private boolean ownFrames(IThrowableProxy thrown, int indent) {
    StackTraceElementProxy[] all = thrown.getStackTraceElementProxyArray();
    if (all == null) {
      return true;
    }
    int common = Math.min(thrown.getCommonFrames(), all.length);
    int own = all.length - common;
    int kept = Math.min(own, options.maxFrames());
    for (int i = 0; i < kept; i++) {
      if (!begin(indent) || !frame(all[i].getStackTraceElement()) || !newline()) {
        return false;
      }
    }
    return (kept == own || omitted(indent, own - kept, " frames cut"))
        && (common == 0 || omitted(indent, common, " common frames omitted"));
  }

  private boolean frame(StackTraceElement element) {
    StackFrames.Frame frame = frames.of(element);
    byte[] json = frame.json;
    if (json == null) {
      return raw(TAB) && ours("at ") && texts.part(frame.text, MAX_FRAME_BYTES, last);
    }
    int mark = line.size + StackFrames.Frame.TEXT_OFFSET;
    if (!raw(json)) {
      return false;
    }
    texts.maskFrom(mark);
    return true;
  }

  private boolean omitted(int indent, int count, String what) {
    if (!begin(indent) || !raw(TAB) || !ours("... ") || last - line.size < MAX_DIGITS) {
      return false;
    }
    line.decimal(count);
    return ours(what) && newline();
  }

  private boolean begin(int indent) {
    for (int i = 0; i < indent; i++) {
      if (!raw(TAB)) {
        return false;
      }
    }
    return true;
  }

  private boolean newline() {
    return raw(NEWLINE);
  }

  private boolean ours(String text) {
    return line.content(text, last) == text.length();
  }

  private boolean raw(byte[] json) {
    if (json.length > last - line.size) {
      return false;
    }
    line.raw(json);
    return true;
  }
}
