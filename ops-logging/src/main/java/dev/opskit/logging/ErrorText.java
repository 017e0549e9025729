package dev.opskit.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import org.jspecify.annotations.Nullable;

/**
 * The texts of an exception, its stack as the JVM prints it. Each message is masked whole before
 * anything is cut. Of each throwable {@value #MAX_FRAMES} frames are kept, so that the causes below
 * a long stack are seen. Confined to one thread.
 */
final class ErrorText {
  private static final int MAX_FRAMES = 40;
  private static final int MAX_THROWABLES = 32;
  private static final int MAX_MESSAGE_CHARS = 1_000;
  private static final int MAX_FRAME_CHARS = 300;
  private static final int ENOUGH_CHARS = 2 * EventWriter.MAX_BYTES;

  private final Masking masking;
  private final StringBuilder stack = new StringBuilder(1_024);
  private int throwables;

  ErrorText(Masking masking) {
    this.masking = masking;
  }

  String type(IThrowableProxy thrown) {
    return thrown instanceof ThrowableProxy proxy
            && proxy.getThrowable() instanceof UnreadableThrowable unreadable
        ? unreadable.type()
        : Readable.text(thrown::getClassName);
  }

  @Nullable String message(IThrowableProxy thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable t) {
      return Readable.unreadable(t);
    }
  }

  String stack(IThrowableProxy thrown) {
    stack.setLength(0);
    throwables = 0;
    try {
      append(thrown, "", "");
    } catch (Throwable t) {
      stack.append(Readable.unreadable(t));
    }
    return stack.toString();
  }

  private void append(IThrowableProxy thrown, String indent, String caption) {
    if (++throwables > MAX_THROWABLES || stack.length() > ENOUGH_CHARS) {
      stack.append(indent).append("... more causes cut\n");
      return;
    }
    stack.append(indent).append(caption);
    if (thrown.isCyclic()) {
      stack.append("[circular] ");
    }
    appendCut(masking.text(headline(thrown)), MAX_MESSAGE_CHARS);
    stack.append('\n');
    frames(thrown, indent);
    IThrowableProxy[] suppressed = thrown.getSuppressed();
    if (suppressed != null) {
      for (IThrowableProxy one : suppressed) {
        append(one, indent + '\t', "Suppressed: ");
      }
    }
    if (thrown.getCause() != null) {
      append(thrown.getCause(), indent, "Caused by: ");
    }
  }

  private String headline(IThrowableProxy thrown) {
    String overriding = thrown.getOverridingMessage();
    if (overriding != null) {
      return overriding;
    }
    String message = thrown.getMessage();
    return message == null ? type(thrown) : type(thrown) + ": " + message;
  }

  private void frames(IThrowableProxy thrown, String indent) {
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    if (frames == null) {
      return;
    }
    int common = Math.min(thrown.getCommonFrames(), frames.length);
    int own = frames.length - common;
    int kept = Math.min(own, MAX_FRAMES);
    for (int i = 0; i < kept; i++) {
      stack.append(indent).append('\t');
      appendCut(frames[i].getSTEAsString(), MAX_FRAME_CHARS);
      stack.append('\n');
    }
    if (kept < own) {
      stack.append(indent).append("\t... ").append(own - kept).append(" frames cut\n");
    }
    if (common > 0) {
      stack.append(indent).append("\t... ").append(common).append(" common frames omitted\n");
    }
  }

  private void appendCut(String text, int maxChars) {
    if (text.length() <= maxChars) {
      stack.append(text);
    } else {
      stack.append(text, 0, maxChars).append("...");
    }
  }
}
