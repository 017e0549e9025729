package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a line that hardly changes: its level and the service, encoded once a level. */
final class LineHead {
  static final int MAX_TEXT_BYTES = 200;

  private final LineBuffer line;
  private final Masking masking;
  private final ValueWriter values;
  private final byte @Nullable [][] byLevel = new byte[5][];
  private @Nullable EncoderSettings of;

  LineHead(LineBuffer line, Masking masking, ValueWriter values) {
    this.line = line;
    this.masking = masking;
    this.values = values;
  }

  void write(@Nullable Level level, EncoderSettings settings) {
    if (of != settings) {
      of = settings;
      Arrays.fill(byLevel, null);
    }
    int slot = slot(level);
    byte[] known = slot < 0 ? null : byLevel[slot];
    int mark = line.size;
    if (known != null) {
      line.raw(known);
      if (masking.mask(line.bytes, mark, known.length) == known.length) {
        return;
      }
      // A value was registered that is in here; it may even be a part of a name.
      line.size = mark;
    }
    fields(level, settings);
    if (slot >= 0 && known == null) {
      byLevel[slot] = Arrays.copyOfRange(line.bytes, mark, line.size);
    }
  }

  private void fields(@Nullable Level level, EncoderSettings settings) {
    Schema schema = settings.schema();
    byte[] constant = schema.constant;
    if (constant != null) {
      line.raw(constant);
    }
    text(schema.level, String.valueOf(level));
    if (schema.levelValue != null) {
      line.raw(Ascii.field(schema.levelValue));
      line.decimal(level == null ? 0 : level.toInt());
    }
    List<String> names = schema.service;
    text(names.get(0), settings.identity().service());
    text(names.get(1), settings.identity().version());
    text(names.get(2), settings.identity().environment());
  }

  private void text(String name, String text) {
    line.raw(Ascii.field(name));
    values.text(name, text, MAX_TEXT_BYTES);
  }

  private static int slot(@Nullable Level level) {
    return level == null
        ? -1
        : switch (level.toInt()) {
          case Level.TRACE_INT -> 0;
          case Level.DEBUG_INT -> 1;
          case Level.INFO_INT -> 2;
          case Level.WARN_INT -> 3;
          case Level.ERROR_INT -> 4;
          default -> -1;
        };
  }
}
