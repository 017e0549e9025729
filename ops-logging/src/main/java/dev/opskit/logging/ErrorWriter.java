package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** Writes what is said of an exception. Confined to one thread. */
final class ErrorWriter {
  private static final int MAX_TYPE_BYTES = 300;
  private static final int MAX_MESSAGE_BYTES = 2_000;
  private static final int CLOSING_BYTES = 80;
  private static final int HEX_DIGITS = 16;

  private final LineBuffer line;
  private final ValueWriter values;
  private final Repairs repairs;
  private final StackHash hashes;
  private final StackFolding folding;
  private final StackWriter stacks;

  ErrorWriter(
      LineBuffer line,
      Masking masking,
      ValueWriter values,
      Repairs repairs,
      StackFrames frames,
      StackFolding folding) {
    this.line = line;
    this.values = values;
    this.repairs = repairs;
    this.hashes = new StackHash(frames);
    this.folding = folding;
    this.stacks = new StackWriter(line, new MaskedText(line, masking), frames);
  }

  void write(IThrowableProxy thrown, ILoggingEvent event, EncoderSettings settings) {
    Schema schema = settings.schema();
    StackOptions options = settings.stack();
    if (schema.errorType != null) {
      line.raw(schema.errorType);
      values.text("error.type", StackWriter.type(thrown), MAX_TYPE_BYTES);
    }
    if (schema.errorMessage != null) {
      line.raw(schema.errorMessage);
      String message = StackWriter.message(thrown);
      if (message == null) {
        line.raw(Ascii.NULL);
      } else {
        values.text("error.message", message, MAX_MESSAGE_BYTES);
      }
    }
    int count = options.needsHash() ? hash(thrown, event, schema, options) : 1;
    if (count == 1) {
      stack(thrown, schema, options);
    }
    if (schema.nestsError) {
      line.ascii('}');
    }
  }

  /** Returns 1 if the stack is to be written. */
  private int hash(
      IThrowableProxy thrown, ILoggingEvent event, Schema schema, StackOptions options) {
    int mark = line.size;
    try {
      long hash = hashes.of(thrown);
      int count =
          options.foldSeconds() == 0
              ? 1
              : folding.count(hash, event.getTimeStamp(), options.foldSeconds());
      line.raw(schema.errorHash);
      line.ascii('"');
      for (int i = HEX_DIGITS - 1; i >= 0; i--) {
        line.ascii(Character.forDigit((int) (hash >>> 4 * i) & 0xF, 16));
      }
      line.ascii('"');
      if (count > 1) {
        line.raw(schema.errorCount);
        line.decimal(count);
      }
      return count;
    } catch (Throwable t) {
      line.size = mark;
      repairs.add("error", "no hash: " + Readable.unreadable(t));
      return 1;
    }
  }

  private void stack(IThrowableProxy thrown, Schema schema, StackOptions options) {
    line.raw(schema.errorStack);
    line.ascii('"');
    int mark = line.size;
    boolean whole = stacks.write(thrown, options, values.limit() - CLOSING_BYTES);
    line.ascii('"');
    if (!whole && !stacks.endedByChoice()) {
      repairs.add("error.stack", "cut to " + (line.size - 1 - mark) + " bytes");
    }
  }
}
