package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import java.time.Instant;
import java.util.Map;

/** Alerts for tests. */
final class Alerts {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Alerts() {}

  static Alert alert(String what) {
    return alert(what, Alert.Severity.CRITICAL, "it began");
  }

  static Alert alert(String what, Alert.Severity severity, String summary) {
    return new Alert("BackupFailed", severity, summary, Map.of("source", what), START);
  }
}
