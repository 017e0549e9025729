package dev.opskit.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;

/** Counts what could not be recorded as it was given, by the metric that it was meant for. */
final class Rejections {
  private final LongAdder count = new LongAdder();

  private Rejections() {}

  static Rejections of(String metric, MeterRegistry registry) {
    Rejections rejections = new Rejections();
    HeldCounter.register(
        registry,
        "ops.metrics.rejected",
        "Recordings with an undeclared outcome or an amount out of range.",
        Tags.of("metric", metric),
        rejections.count::sum);
    return rejections;
  }

  /** Whether this is the first one, which is worth a line in the log; two may both be. */
  boolean count() {
    boolean first = count.sum() == 0;
    count.increment();
    return first;
  }
}
