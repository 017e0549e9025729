package dev.opskit.metrics.bind;

import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.alert.DeliveringSink;
import dev.opskit.metrics.alert.DeliveryCounts;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The delivery of alerts as metrics, by {@code sink}: {@code ops_alerts_sent_total} by its {@code
 * result} (ok, refused, failed, dropped; see {@link DeliveryCounts}), {@code ops_alerts_pending}
 * and {@code ops_alerts_firing}. They live as long as the registry.
 */
public final class AlertMetrics {
  static final MeterSpec SENT =
      MeterSpec.counter("ops.alerts.sent", "What became of alerts, counted in each request.");
  static final MeterSpec PENDING =
      MeterSpec.gauge("ops.alerts.pending", null, "Alerts whose last change nobody has taken yet.");
  private static final MeterSpec FIRING =
      MeterSpec.gauge("ops.alerts.firing", null, "Alerts that were raised and not resolved.");

  private AlertMetrics() {}

  /**
   * Registers the meters of some sinks.
   *
   * @param metrics where to
   * @param sinks each with a name of its own; they stay the caller's to close
   */
  public static void bind(OpsMetrics metrics, DeliveringSink... sinks) {
    for (DeliveringSink sink : sinks) {
      MeterRegistry registry = metrics.registry();
      sent(registry, sink, "ok", DeliveryCounts::ok);
      sent(registry, sink, "refused", DeliveryCounts::refused);
      sent(registry, sink, "failed", DeliveryCounts::failed);
      sent(registry, sink, "dropped", DeliveryCounts::dropped);
      PENDING.show(registry, () -> sink.counts().pending(), "sink", sink.name());
      FIRING.show(registry, () -> sink.counts().firing(), "sink", sink.name());
    }
  }

  private static void sent(
      MeterRegistry registry,
      DeliveringSink sink,
      String result,
      ToDoubleFunction<DeliveryCounts> count) {
    SENT.count(
        registry,
        sink,
        s -> count.applyAsDouble(s.counts()),
        "sink",
        sink.name(),
        "result",
        result);
  }
}
