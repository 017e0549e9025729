package dev.opskit.metrics.bind;

import java.time.Duration;

/**
 * A rule of Prometheus that says what an alert from an event would say.
 *
 * @param holdFor how long the expression has to hold
 */
record PairedRule(
    String alert, String severity, Duration holdFor, String summary, String expression) {

  String yaml() {
    return """
          - alert: %s
            expr: %s
            for: %ds
            labels:
              severity: %s
            annotations:
              summary: %s
    """
        .formatted(
            alert, quoted(expression), holdFor.toSeconds(), quoted(severity), quoted(summary));
  }

  /** In single quotes YAML knows one escape only. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
