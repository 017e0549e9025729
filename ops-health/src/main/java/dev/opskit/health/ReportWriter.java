package dev.opskit.health;

import dev.opskit.core.health.HealthResult;
import dev.opskit.core.json.JsonWriter;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;

/**
 * Writes a report as JSON. Everybody sees names, statuses, causes and times; messages, measurements
 * and stack frames are for those who may see the details.
 */
final class ReportWriter {
  private final String version;
  private final TimeSource time;
  private final long startNanos;

  ReportWriter(String version, TimeSource time) {
    this.version = version;
    this.time = time;
    this.startNanos = time.nanoTime();
  }

  byte[] write(HealthReport report, boolean withDetails) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.name("status").value(report.status().name());
    if (report.outOfService() != null) {
      writeReason(report.outOfService(), withDetails, json);
    }
    json.name("timestamp").value(time.now().toString());
    json.name("uptime").value(Duration.ofNanos(time.nanoTime() - startNanos).toSeconds());
    json.name("version").value(version);
    json.name("checks").beginArray();
    report.checks().forEach(check -> write(check, withDetails, json));
    return json.endArray().endObject().newline().toByteArray();
  }

  private static void write(CheckReport check, boolean withDetails, JsonWriter json) {
    json.beginObject();
    json.name("name").value(check.name());
    json.name("status").value(check.result().status().name());
    writeReason(check.result(), withDetails, json);
    json.name("since").value(check.since().toString());
    if (check.age() != null) {
      json.name("ageMillis").value(check.age().toMillis());
    }
    if (check.duration() != null) {
      json.name("durationMillis").value(check.duration().toMillis());
    }
    if (withDetails && check.stuckAt() != null) {
      json.name("stuckAt").value(check.stuckAt());
    }
    if (!check.tags().isEmpty()) {
      json.name("tags").beginArray();
      check.tags().stream().sorted().forEach(json::value);
      json.endArray();
    }
    json.endObject();
  }

  private static void writeReason(HealthResult result, boolean withDetails, JsonWriter json) {
    if (result.cause() != null) {
      json.name("cause").value(result.cause().name());
    }
    if (withDetails && result.message() != null) {
      json.name("message").value(result.message());
    }
    if (withDetails && !result.details().isEmpty()) {
      json.name("details").beginObject();
      result.details().forEach((name, value) -> json.name(name).scalar(value));
      json.endObject();
    }
  }
}
