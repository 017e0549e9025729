package dev.opskit.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.opskit.core.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final int MAX_IDENTITY_BYTES = 200;
  private static final int MAX_LOGGER_BYTES = 300;

  /** Kept free of other fields if there is an exception, for its type and the top of its stack. */
  private static final int ERROR_BYTES = 5_000;

  private static final int FIELDS_END = MAX_BYTES - Repairs.MAX_BYTES - 16;
  private static final Set<String> RESERVED =
      Set.of(
          "timestamp",
          "level",
          "service",
          "version",
          "environment",
          "correlationId",
          "requestId",
          "logger",
          "thread",
          "message",
          "markers",
          "error",
          "repaired");

  private final JsonWriter json = new JsonWriter(1_024);
  private final Repairs repairs = new Repairs();
  private final Timestamps timestamps = new Timestamps();
  private final Masking masking;
  private final FieldNames names;
  private final ValueWriter values;
  private final ErrorText errorText;

  EventWriter(Masking masking) {
    this.masking = masking;
    this.names = new FieldNames(RESERVED, masking, repairs);
    this.values = new ValueWriter(json, masking, repairs);
    this.errorText = new ErrorText(masking);
  }

  byte[] line(ILoggingEvent event, ServiceIdentity identity) {
    json.reset();
    repairs.reset();
    names.reset();
    values.limit(FIELDS_END);
    Correlation correlation = Correlation.of(event);

    json.beginObject();
    json.name("timestamp").value(Readable.text(() -> timestamps.text(event.getTimeStamp())));
    text("level", Readable.text(event::getLevel), MAX_IDENTITY_BYTES);
    text("service", identity.service(), MAX_IDENTITY_BYTES);
    text("version", identity.version(), MAX_IDENTITY_BYTES);
    text("environment", identity.environment(), MAX_IDENTITY_BYTES);
    id("correlationId", correlation.id());
    id("requestId", correlation.requestId());
    text("logger", Readable.text(event::getLoggerName), MAX_LOGGER_BYTES);
    text("thread", Readable.text(event::getThreadName), MAX_LOGGER_BYTES);
    text("message", Readable.text(event::getFormattedMessage), MAX_MESSAGE_BYTES);

    IThrowableProxy thrown = event.getThrowableProxy();
    int fieldsEnd = thrown == null ? FIELDS_END : FIELDS_END - ERROR_BYTES;
    group("markers", fieldsEnd, () -> markers(event.getMarkerList()));
    group("key-values", fieldsEnd, () -> keyValues(event.getKeyValuePairs()));
    group("context", fieldsEnd, () -> entries(correlation.fields()));
    group("mdc", fieldsEnd, () -> entries(event.getMDCPropertyMap()));
    if (thrown != null) {
      error(thrown);
    }
    repairs.writeTo(json);
    return json.endObject().newline().toByteArray();
  }

  private void text(String name, String text, int maxBytes) {
    json.name(name);
    values.text(name, text, maxBytes);
  }

  private void id(String name, @Nullable String id) {
    if (id != null) {
      text(name, id, MAX_IDENTITY_BYTES);
      names.put(name, id);
    }
  }

  /** Fields of one origin; one that cannot be read does not harm the others. */
  private void group(String origin, int end, Runnable fields) {
    try {
      values.limit(end);
      fields.run();
    } catch (Throwable t) {
      // Reading failed between two fields: each field restores the line by itself.
      repairs.add(origin, Readable.unreadable(t));
    }
  }

  private void markers(@Nullable List<Marker> markers) {
    if (markers != null && !markers.isEmpty() && values.hasRoom()) {
      write("markers", markers.stream().map(m -> Readable.text(m::getName)).toList());
    }
  }

  private void keyValues(@Nullable List<KeyValuePair> pairs) {
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        if (!field(String.valueOf(pair.key), pair.value)) {
          return;
        }
      }
    }
  }

  private void entries(@Nullable Map<String, String> entries) {
    if (entries != null) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        if (!field(String.valueOf(entry.getKey()), entry.getValue())) {
          return;
        }
      }
    }
  }

  /** Returns false if there is no room for this field, nor for those after it. */
  private boolean field(String wanted, @Nullable Object value) {
    if (!values.hasRoom()) {
      repairs.add("fields", "no room from here on: " + masking.text(wanted));
      return false;
    }
    String name = names.claim(wanted, value);
    if (name != null) {
      write(name, masking.hides(wanted) ? Masking.MASK : value);
    }
    return true;
  }

  private void write(String name, @Nullable Object value) {
    int mark = json.sizeBytes();
    int end = values.limit();
    try {
      values.limit(Math.min(end, mark + MAX_FIELD_BYTES));
      json.name(name);
      values.value(name, value);
    } catch (Throwable t) {
      json.rollback(mark);
      text(name, Readable.unreadable(t), MAX_LOGGER_BYTES);
      repairs.add(name, "could not be read");
    } finally {
      values.limit(end);
    }
  }

  private void error(IThrowableProxy thrown) {
    values.limit(FIELDS_END);
    String type = errorText.type(thrown);
    String message = errorText.message(thrown);
    String stack = errorText.stack(thrown);
    json.name("error").beginObject();
    json.name("type");
    values.text("error.type", type, MAX_LOGGER_BYTES);
    json.name("message");
    if (message == null) {
      json.nullValue();
    } else {
      values.text("error.message", message, 2_000);
    }
    json.name("stack");
    values.text("error.stack", stack, MAX_BYTES);
    json.endObject();
  }
}
