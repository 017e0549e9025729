package dev.opskit.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The meters of one operation, resolved once. Thread-safe; recording throws nothing. */
final class OperationMeters {
  private static final Logger logger = LoggerFactory.getLogger(OperationMeters.class);

  private final String name;
  private final Outcomes outcomes;
  private final Counter[] counters;
  private final Timer duration;
  private final LongAdder active = new LongAdder();
  private final LastSuccess lastSuccess;
  private final Rejections rejections;
  private final AtomicBoolean broken = new AtomicBoolean();

  OperationMeters(OpsMetrics metrics, OperationSpec spec, Outcomes outcomes) {
    this.name = spec.name();
    this.outcomes = outcomes;
    this.lastSuccess = new LastSuccess(metrics.time());
    MeterRegistry registry = metrics.registry();
    this.rejections = Rejections.of(spec.counter(), registry);
    String dotted = name.replace('_', '.');
    this.counters =
        outcomes.names().stream()
            .map(
                outcome ->
                    Counter.builder(dotted)
                        .description(spec.help())
                        .tag("outcome", outcome)
                        .register(registry))
            .toArray(Counter[]::new);
    this.duration =
        Timer.builder(dotted + ".duration")
            .description("How long it took: " + spec.help())
            .serviceLevelObjectives(spec.buckets().toArray(Duration[]::new))
            .register(registry);
    Gauge.builder(dotted + ".active", active, adder -> Math.max(0, adder.sum()))
        .description("Under way: " + spec.help())
        .strongReference(true)
        .register(registry);
    Gauge.builder(dotted + ".last.success.timestamp", lastSuccess, LastSuccess::epochSeconds)
        .description("Last one that ended normally, or the start: " + spec.help())
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
  }

  Outcomes outcomes() {
    return outcomes;
  }

  /** The index of a declared outcome; another one counts as bad and is complained of once. */
  int indexOf(String outcome) {
    int index = outcomes.indexOf(outcome);
    if (index != Outcomes.UNKNOWN) {
      return index;
    }
    if (rejections.count()) {
      logger.error(
          "operation {} knows no outcome '{}', only {}; what is undeclared counts as '{}'",
          name,
          outcome,
          outcomes.names(),
          outcomes.names().get(outcomes.bad()));
    }
    return outcomes.bad();
  }

  void started() {
    active.increment();
  }

  void finished(int outcome, long startNanos, long endNanos) {
    active.decrement();
    try {
      counters[outcome].increment();
      duration.record(Math.max(0, endNanos - startNanos), TimeUnit.NANOSECONDS);
    } catch (RuntimeException e) {
      // The registry may be the host's, with meters of anybody's making.
      if (broken.compareAndSet(false, true)) {
        logger.error("operation {} could not be recorded; said once", name, e);
      }
    }
    if (outcome == outcomes.normal()) {
      lastSuccess.mark(endNanos);
    }
  }
}
