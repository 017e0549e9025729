package dev.opskit.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.opskit.core.correlation.CorrelationContext;
import dev.opskit.core.correlation.TraceParent;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Writes one event after the other as a line each. Confined to one thread at a time.
 *
 * <p>Fields are written in the order of their importance. Each is begun only where there is room to
 * finish it, so that the line is valid and bounded by construction.
 */
final class EventWriter {
  static final int MAX_BYTES = 16_000;

  private static final int MAX_MESSAGE_BYTES = 6_000;
  private static final int MAX_FIELD_BYTES = 4_000;
  private static final int MAX_LOGGER_BYTES = 300;

  /** Kept free of other fields if there is an exception, for its type and the top of its stack. */
  private static final int ERROR_BYTES = 5_000;

  private static final int FIELDS_END = MAX_BYTES - Repairs.MAX_BYTES - 16;

  private final LineBuffer line = new LineBuffer(2_048);
  private final Repairs repairs = new Repairs();
  private final Timestamps timestamps = new Timestamps();
  private final Masking masking;
  private final FieldNames names;
  private final ValueWriter values;
  private final LineHead head;
  private final ErrorWriter errors;

  /** Kept, so that going through a map makes no iterator. */
  private final BiConsumer<String, String> entry = this::entry;

  private boolean full;

  EventWriter(Masking masking, StackFrames frames, StackFolding folding) {
    this.masking = masking;
    NameCache cache = new NameCache(masking);
    this.names = new FieldNames(cache, masking, repairs);
    this.values = new ValueWriter(line, cache, masking, repairs);
    this.head = new LineHead(line, masking, values);
    this.errors = new ErrorWriter(line, masking, values, repairs, frames, folding);
  }

  byte[] line(ILoggingEvent event, EncoderSettings settings) {
    Schema schema = settings.schema();
    line.size = 0;
    repairs.reset();
    names.reset(schema.reserved);
    values.limit(FIELDS_END);

    line.raw(schema.begin);
    timestamp(event);
    line.ascii('"');
    head.write(level(event), settings);
    Map<String, String> fields = correlation(event, schema);
    text(schema.logger, "logger", loggerName(event), MAX_LOGGER_BYTES);
    text(schema.thread, "thread", threadName(event), MAX_LOGGER_BYTES);
    text(schema.message, "message", message(event), MAX_MESSAGE_BYTES);

    IThrowableProxy thrown = event.getThrowableProxy();
    values.limit(thrown == null ? FIELDS_END : FIELDS_END - ERROR_BYTES);
    markers(event, schema);
    keyValues(event);
    entries(fields, "context");
    mdc(event);
    if (thrown != null) {
      values.limit(FIELDS_END);
      errors.write(thrown, event, settings);
    }
    repairs.writeTo(line);
    line.ascii('}');
    line.ascii('\n');
    return line.copy();
  }

  private void timestamp(ILoggingEvent event) {
    int mark = line.size;
    try {
      timestamps.write(line, event.getTimeStamp());
    } catch (Throwable t) {
      line.size = mark;
      line.content(Readable.unreadable(t), mark + MAX_LOGGER_BYTES);
    }
  }

  private static @Nullable Level level(ILoggingEvent event) {
    try {
      return event.getLevel();
    } catch (Throwable t) {
      return null;
    }
  }

  private static String loggerName(ILoggingEvent event) {
    try {
      return String.valueOf(event.getLoggerName());
    } catch (Throwable t) {
      return Readable.unreadable(t);
    }
  }

  private static String threadName(ILoggingEvent event) {
    try {
      return String.valueOf(event.getThreadName());
    } catch (Throwable t) {
      return Readable.unreadable(t);
    }
  }

  /** Logback's own appenders have it formatted before they encode, once for all of them. */
  private static String message(ILoggingEvent event) {
    try {
      return String.valueOf(event.getFormattedMessage());
    } catch (Throwable t) {
      return Readable.unreadable(t);
    }
  }

  private void text(byte[] name, String field, String text, int maxBytes) {
    line.raw(name);
    values.text(field, text, maxBytes);
  }

  /** The ids of the captured context, else of this thread's, else of the MDC. */
  private Map<String, String> correlation(ILoggingEvent event, Schema schema) {
    CorrelationContext context =
        event instanceof CapturedEvent captured ? captured.context() : CorrelationContext.current();
    if (context == null) {
      ids(schema, Correlation.ofMdc(event, "correlationId"), Correlation.ofMdc(event, "requestId"));
      return Map.of();
    }
    ids(schema, context.id(), context.requestId());
    TraceParent trace = schema.trace == null ? null : context.traceParent();
    if (trace != null) {
      text(schema.trace, "trace", trace.traceId(), LineHead.MAX_TEXT_BYTES);
    }
    return context.fields();
  }

  private void ids(Schema schema, @Nullable String id, @Nullable String requestId) {
    id(schema.id, schema.idName, "correlationId", id);
    id(schema.requestId, schema.requestIdName, "requestId", requestId);
  }

  private void id(byte[] json, String name, String mdcName, @Nullable String id) {
    if (id != null) {
      text(json, name, id, LineHead.MAX_TEXT_BYTES);
      names.put(name, id);
      if (!name.equals(mdcName)) {
        names.put(mdcName, id);
      }
    }
  }

  private void markers(ILoggingEvent event, Schema schema) {
    try {
      List<Marker> markers = event.getMarkerList();
      if (markers != null && !markers.isEmpty() && values.hasRoom()) {
        write(schema.markers, markers.stream().map(m -> Readable.read(() -> m.getName())).toList());
      }
    } catch (Throwable t) {
      repairs.add("markers", Readable.unreadable(t));
    }
  }

  private void keyValues(ILoggingEvent event) {
    try {
      List<KeyValuePair> pairs = event.getKeyValuePairs();
      int count = pairs == null ? 0 : pairs.size();
      for (int i = 0; i < count; i++) {
        KeyValuePair pair = pairs.get(i);
        if (!field(String.valueOf(pair.key), pair.value)) {
          return;
        }
      }
    } catch (Throwable t) {
      // Reading failed between two fields: each field restores the line by itself.
      repairs.add("key-values", Readable.unreadable(t));
    }
  }

  private void mdc(ILoggingEvent event) {
    try {
      entries(event.getMDCPropertyMap(), "mdc");
    } catch (Throwable t) {
      repairs.add("mdc", Readable.unreadable(t));
    }
  }

  private void entries(@Nullable Map<String, String> entries, String origin) {
    if (entries == null || entries.isEmpty()) {
      return;
    }
    full = false;
    try {
      entries.forEach(entry);
    } catch (Throwable t) {
      repairs.add(origin, Readable.unreadable(t));
    }
  }

  private void entry(@Nullable String name, @Nullable String value) {
    full = full || !field(String.valueOf(name), value);
  }

  /** Returns false if there is no room for this field, nor for those after it. */
  private boolean field(String wanted, @Nullable Object value) {
    if (!values.hasRoom()) {
      repairs.add("fields", "no room from here on: " + masking.text(wanted));
      return false;
    }
    FieldName name = names.claim(wanted, value);
    if (name != null) {
      write(name, name.hidden ? Masking.MASK : value);
    }
    return true;
  }

  private void write(FieldName name, @Nullable Object value) {
    int mark = line.size;
    int end = values.limit();
    line.separate();
    line.raw(name.json);
    int start = line.size;
    try {
      values.limit(Math.min(end, mark + MAX_FIELD_BYTES));
      values.value(name.text, value);
    } catch (Throwable t) {
      line.size = start;
      values.text(name.text, Readable.unreadable(t), MAX_LOGGER_BYTES);
      repairs.add(name.text, "could not be read");
    } finally {
      values.limit(end);
    }
  }
}
