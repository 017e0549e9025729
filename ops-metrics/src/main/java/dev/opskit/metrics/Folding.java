package dev.opskit.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;

/** Counts the label values that fell into an overflow value, by label. Thread-safe. */
final class Folding {
  private final LongAdder routes = new LongAdder();
  private final LongAdder methods = new LongAdder();
  private final LongAdder statuses = new LongAdder();

  Folding(MeterRegistry registry) {
    register(registry, "route", routes);
    register(registry, "method", methods);
    register(registry, "status_code", statuses);
  }

  private static void register(MeterRegistry registry, String label, LongAdder count) {
    HeldCounter.register(
        registry,
        "ops.metrics.folded",
        "HTTP requests of which a label's value was folded into an overflow value.",
        Tags.of("label", label),
        count::sum);
  }

  void count(int route, int method, int status) {
    if (HttpLabels.isRouteFolded(route)) {
      routes.increment();
    }
    if (HttpLabels.isMethodFolded(method)) {
      methods.increment();
    }
    if (HttpLabels.isStatusFolded(status)) {
      statuses.increment();
    }
  }
}
