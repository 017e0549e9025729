package dev.opskit.metrics.alert;

import dev.opskit.core.alert.AlertSink;

/** A sink that says what became of the alerts. Thread-safe. */
public sealed interface DeliveringSink extends AlertSink
    permits AlertmanagerSink, WebhookSink, LogSink {

  /**
   * Tells sinks apart in metrics and logs.
   *
   * @return the name that it was built with
   */
  String name();

  /**
   * What became of the alerts up to now.
   *
   * @return a snapshot
   */
  DeliveryCounts counts();
}
