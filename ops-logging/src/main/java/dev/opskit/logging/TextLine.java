package dev.opskit.logging;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.opskit.core.masking.SensitiveValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes an event for people: time, level, logger, start of the correlation id, message, key-values
 * and exception. Masked like JSON, and without any character that a terminal would obey.
 * Thread-safe.
 */
final class TextLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
          .withZone(TimeZone.getDefault().toZoneId());
  private static final TargetLengthBasedClassNameAbbreviator ABBREVIATOR =
      new TargetLengthBasedClassNameAbbreviator(36);
  private static final int ID_CHARS = 8;
  private static final int MAX_MESSAGE_CHARS = 16_000;
  private static final int MAX_VALUES_BYTES = 4_000;

  private final SensitiveValues sensitive;

  TextLine(SensitiveValues sensitive) {
    this.sensitive = sensitive;
  }

  String of(ILoggingEvent event) {
    Masking masking = new Masking(sensitive);
    StringBuilder out = new StringBuilder(256);
    out.append(Readable.read(() -> TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))));
    out.append(' ').append(String.format("%-5s", Readable.read(() -> event.getLevel())));
    out.append(' ');
    text(out, masking, logger(event, masking), MAX_MESSAGE_CHARS);
    String id = Correlation.idOf(event);
    if (id != null) {
      String shown = masking.text(id);
      out.append(" [");
      text(out, masking, shown.substring(0, Math.min(ID_CHARS, shown.length())), ID_CHARS);
      out.append(']');
    }
    out.append(' ');
    text(out, masking, Readable.read(event::getFormattedMessage), MAX_MESSAGE_CHARS);
    keyValues(out, masking, event);
    out.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      new ThrowableText(out, masking).append(thrown);
    }
    return out.toString();
  }

  /** Masked before it is shortened, as a part of a value is not found. */
  private static String logger(ILoggingEvent event, Masking masking) {
    String name = masking.text(Readable.read(event::getLoggerName));
    return Readable.read(() -> ABBREVIATOR.abbreviate(name));
  }

  private static void text(StringBuilder out, Masking masking, String text, int maxChars) {
    String masked = masking.text(text);
    VisibleText.append(
        out, masked.length() <= maxChars ? masked : masked.substring(0, maxChars) + "...");
  }

  /** As JSON has them, so that names inside of maps hide their values here, too. */
  private static void keyValues(StringBuilder out, Masking masking, ILoggingEvent event) {
    List<KeyValuePair> pairs = pairs(event);
    if (pairs == null || pairs.isEmpty()) {
      return;
    }
    LineBuffer line = new LineBuffer(512);
    ValueWriter values = new ValueWriter(line, new NameCache(masking), masking, new Repairs());
    for (KeyValuePair pair : pairs) {
      String name = String.valueOf(pair.key);
      out.append(' ');
      text(out, masking, name, NameCache.MAX_CHARS);
      out.append('=');
      line.size = 0;
      values.limit(MAX_VALUES_BYTES);
      try {
        values.value(name, masking.hides(name) ? Masking.MASK : pair.value);
        out.append(new String(line.bytes, 0, line.size, StandardCharsets.UTF_8));
      } catch (Throwable t) {
        out.append(Readable.unreadable(t));
      }
    }
  }

  private static @Nullable List<KeyValuePair> pairs(ILoggingEvent event) {
    try {
      return event.getKeyValuePairs();
    } catch (Throwable t) {
      return null;
    }
  }
}
