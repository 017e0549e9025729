package dev.opskit.health;

import dev.opskit.core.health.HealthResult;
import dev.opskit.core.json.JsonWriter;

/** Writes a report as JSON: status, timestamp, uptime (seconds), version, checks. */
final class ReportWriter {
  private final Health health;

  ReportWriter(Health health) {
    this.health = health;
  }

  byte[] write(HealthReport report) {
    JsonWriter json = new JsonWriter().beginObject().name("status").value(report.status().name());
    if (report.outOfService() != null) {
      writeReason(report.outOfService(), json);
    }
    json.name("timestamp")
        .value(health.time().now().toString())
        .name("uptime")
        .value(health.uptime().toSeconds())
        .name("version")
        .value(health.version())
        .name("checks")
        .beginArray();
    report.checks().forEach(check -> write(check, json));
    return json.endArray().endObject().newline().toByteArray();
  }

  private static void write(CheckReport check, JsonWriter json) {
    HealthResult result = check.result();
    json.beginObject();
    json.name("name").value(check.name()).name("status").value(result.status().name());
    writeReason(result, json);
    if (check.age() != null) {
      json.name("ageMillis").value(check.age().toMillis());
    }
    if (check.stuckAt() != null) {
      json.name("stuckAt").value(check.stuckAt());
    }
    json.endObject();
  }

  private static void writeReason(HealthResult result, JsonWriter json) {
    if (result.cause() != null) {
      json.name("cause").value(result.cause().name());
    }
    if (result.message() != null) {
      json.name("message").value(result.message());
    }
    if (!result.details().isEmpty()) {
      json.name("details").beginObject();
      result.details().forEach((name, value) -> json.name(name).scalar(value));
      json.endObject();
    }
  }
}
