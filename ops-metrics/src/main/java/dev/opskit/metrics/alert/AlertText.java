package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.json.JsonWriter;
import dev.opskit.core.masking.SensitiveValues;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Writes parts of alerts as JSON: masked, bounded, and with times that everybody can read. */
final class AlertText {
  static final int SUMMARY_BYTES = 4_096;
  static final int LABEL_BYTES = 1_024;
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Instant EARLIEST = Instant.EPOCH;

  private final SensitiveValues sensitive;

  AlertText(SensitiveValues sensitive) {
    this.sensitive = sensitive;
  }

  static String severity(Alert.Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  void labels(JsonWriter json, Map<String, String> labels) {
    json.beginObject();
    labels.forEach((name, value) -> json.name(name).value(sensitive.mask(value), LABEL_BYTES));
    json.endObject();
  }

  void summary(JsonWriter json, Alert alert) {
    json.name("summary").value(sensitive.mask(alert.summary()), SUMMARY_BYTES);
  }

  /**
   * An alert that began in the future, or before there were computers, comes of a wrong clock.
   *
   * @param latest what it is not after
   */
  static String time(Instant time, Instant latest) {
    Instant notLate = time.isAfter(latest) ? latest : time;
    Instant sane = notLate.isBefore(EARLIEST) ? EARLIEST : notLate;
    return sane.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
