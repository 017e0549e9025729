package dev.opskit.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/** Writes an exception for people, as Java prints it, masked. Confined to one thread. */
final class ThrowableText {
  private static final int MAX_MESSAGE_CHARS = 4_000;
  private static final int MAX_CHARS = 100_000;
  private static final int MAX_THROWABLES = 100;

  private final StringBuilder out;
  private final Masking masking;
  private int throwables;

  ThrowableText(StringBuilder out, Masking masking) {
    this.out = out;
    this.masking = masking;
  }

  void append(IThrowableProxy thrown) {
    try {
      one(thrown, "", "");
    } catch (Throwable t) {
      // A foreign proxy failed, maybe inside of a line.
      out.append(Readable.unreadable(t)).append('\n');
    }
  }

  private void one(IThrowableProxy thrown, String indent, String caption) {
    throwables++;
    if (throwables > MAX_THROWABLES || out.length() > MAX_CHARS) {
      return;
    }
    out.append(indent).append(caption);
    if (thrown.isCyclic()) {
      out.append("[circular] ");
    }
    text(headline(thrown));
    out.append('\n');
    frames(thrown, indent);
    IThrowableProxy[] suppressed = thrown.getSuppressed();
    for (int i = 0; suppressed != null && i < suppressed.length; i++) {
      one(suppressed[i], indent + "\t", "Suppressed: ");
    }
    if (thrown.getCause() != null) {
      one(thrown.getCause(), indent, "Caused by: ");
    }
  }

  private static String headline(IThrowableProxy thrown) {
    String overriding = thrown.getOverridingMessage();
    if (overriding != null) {
      return overriding;
    }
    String message = StackWriter.message(thrown);
    String type = StackWriter.type(thrown);
    return message == null ? type : type + ": " + message;
  }

  private void frames(IThrowableProxy thrown, String indent) {
    StackTraceElementProxy[] all = thrown.getStackTraceElementProxyArray();
    if (all == null) {
      return;
    }
    int common = Math.min(thrown.getCommonFrames(), all.length);
    for (int i = 0; i < all.length - common; i++) {
      if (out.length() > MAX_CHARS) {
        out.append(indent).append("\t... cut\n");
        return;
      }
      out.append(indent).append("\tat ");
      text(String.valueOf(all[i].getStackTraceElement()));
      out.append('\n');
    }
    if (common > 0) {
      out.append(indent).append("\t... ").append(common).append(" more\n");
    }
  }

  private void text(String text) {
    String masked = masking.text(text);
    VisibleText.append(
        out,
        masked.length() <= MAX_MESSAGE_CHARS
            ? masked
            : masked.substring(0, MAX_MESSAGE_CHARS) + "...");
  }
}
