package dev.opskit.verification.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.opskit.core.json.JsonWriter;
import java.io.IOException;

/** The same record for every peer. */
record LogRecord(
    String timestamp,
    String level,
    String logger,
    String thread,
    String message,
    String correlationId,
    String tenant,
    long status,
    long durationMillis,
    boolean slow) {

  static final LogRecord TYPICAL =
      new LogRecord(
          "2026-11-24T09:41:07.123456Z",
          "INFO",
          "com.example.orders.OrderController",
          "http-nio-8080-exec-7",
          "order 4711 for \"Müller & Söhne\" accepted: 3 items, 129.90 EUR, delivery on Friday",
          "9f1c2b7e4d5a4c0f8e3b6a7d1c2e4f50",
          "acme",
          201,
          37,
          false);

  void writeTo(JsonWriter json) {
    json.beginObject();
    json.name("@timestamp").value(timestamp);
    json.name("level").value(level);
    json.name("logger").value(logger);
    json.name("thread").value(thread);
    json.name("message").value(message);
    json.name("correlation_id").value(correlationId);
    json.name("tenant").value(tenant);
    json.name("status").value(status);
    json.name("duration_ms").value(durationMillis);
    json.name("slow").value(slow);
    json.endObject();
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("@timestamp", timestamp);
    json.writeStringField("level", level);
    json.writeStringField("logger", logger);
    json.writeStringField("thread", thread);
    json.writeStringField("message", message);
    json.writeStringField("correlation_id", correlationId);
    json.writeStringField("tenant", tenant);
    json.writeNumberField("status", status);
    json.writeNumberField("duration_ms", durationMillis);
    json.writeBooleanField("slow", slow);
    json.writeEndObject();
  }
}
