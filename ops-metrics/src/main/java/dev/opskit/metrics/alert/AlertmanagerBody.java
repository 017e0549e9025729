package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Alertmanager's {@code POST /api/v2/alerts} takes. Severity is a label there, and so part of
 * what identifies an alert: one whose severity changed is told as the end of one and the begin of
 * another.
 */
final class AlertmanagerBody {
  private final Map<String, String> commonLabels;
  private final AlertText text;
  private final Duration firesFor;

  /** {@code firesFor} is how long it fires on if nothing is heard of it any more. */
  AlertmanagerBody(Map<String, String> commonLabels, AlertText text, Duration firesFor) {
    this.commonLabels = commonLabels;
    this.text = text;
    this.firesFor = firesFor;
  }

  byte[] write(List<Entry> alerts, Instant now) {
    JsonWriter json = new JsonWriter();
    json.beginArray();
    for (Entry entry : alerts) {
      entry
          .former()
          .forEach((severity, ended) -> write(json, entry.alert(), severity, ended, ended));
      Instant end = entry.endedAt();
      write(
          json,
          entry.alert(),
          entry.alert().severity(),
          end == null ? now.plus(firesFor) : end,
          end == null ? now : end);
    }
    return json.endArray().toByteArray();
  }

  private void write(
      JsonWriter json, Alert alert, Alert.Severity severity, Instant endsAt, Instant latestStart) {
    Map<String, String> labels = new TreeMap<>(commonLabels);
    labels.putAll(alert.labels());
    labels.put("alertname", alert.name());
    labels.put("severity", AlertText.severity(severity));
    json.beginObject().name("labels");
    text.labels(json, labels);
    json.name("annotations").beginObject();
    text.summary(json, alert);
    json.endObject();
    json.name("startsAt").value(AlertText.time(alert.startsAt(), latestStart));
    json.name("endsAt").value(AlertText.time(endsAt, endsAt));
    json.endObject();
  }
}
