package dev.opskit.metrics.alert;

import dev.opskit.core.json.JsonWriter;
import java.time.Instant;

/** One alert as the body of a webhook; the same bytes for the same state of the alert. */
final class WebhookBody {
  private final AlertText text;

  WebhookBody(AlertText text) {
    this.text = text;
  }

  byte[] write(Entry entry) {
    Instant end = entry.endedAt();
    JsonWriter json = new JsonWriter();
    json.beginObject().name("type").value(end == null ? "alert.firing" : "alert.resolved");
    json.name("alert").beginObject();
    json.name("name").value(entry.alert().name());
    json.name("severity").value(AlertText.severity(entry.alert().severity()));
    text.summary(json, entry.alert());
    json.name("labels");
    text.labels(json, entry.alert().labels());
    json.name("startsAt")
        .value(AlertText.time(entry.alert().startsAt(), end == null ? AlertText.LATEST : end));
    if (end != null) {
      json.name("endsAt").value(AlertText.time(end, AlertText.LATEST));
    }
    return json.endObject().endObject().toByteArray();
  }
}
