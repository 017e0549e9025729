package dev.opskit.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A critical business operation, counted by outcome and timed. Every declared outcome exists at 0
 * from the start, so that the first failure is visible to {@code increase()}. Thread-safe;
 * recording never throws and allocates nothing but its {@link Timing}.
 */
public final class Operation {
  private static final Logger logger = LoggerFactory.getLogger(Operation.class);
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  private static final List<Duration> BUCKETS =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(2_500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  private final OpsMetrics metrics;
  private final String name;
  private final String bad;
  private final String good;
  private final Map<String, Counter> counters = new LinkedHashMap<>();
  private final Timer duration;
  private final AtomicBoolean complained = new AtomicBoolean();

  private Operation(OpsMetrics metrics, OperationSpec spec) {
    this.metrics = metrics;
    this.name = spec.name();
    this.bad = spec.bad().get(0);
    this.good = spec.outcomes().get(0);
    MeterRegistry registry = metrics.registry();
    for (String outcome : spec.outcomes()) {
      counters.put(
          outcome,
          Counter.builder(name.replace('_', '.'))
              .description(spec.help())
              .tag("outcome", outcome)
              .register(registry));
    }
    this.duration =
        Timer.builder(name.replace('_', '.') + ".duration")
            .description("How long it took: " + spec.help())
            .serviceLevelObjectives(spec.buckets().toArray(Duration[]::new))
            .register(registry);
  }

  /**
   * Runs something as this operation. A normal return counts as the first outcome, an exception as
   * the first bad one; it is thrown on unchanged.
   *
   * @param <T> the result's type
   * @param work what to run
   * @return what it returned
   * @throws Exception what it threw
   */
  public <T> T call(Callable<T> work) throws Exception {
    Timing timing = start();
    String outcome = bad;
    try {
      T result = work.call();
      outcome = good;
      return result;
    } finally {
      timing.stop(outcome);
    }
  }

  /**
   * Starts the clock for work whose outcome is known only at its end.
   *
   * @return call {@link Timing#stop} on it
   */
  public Timing start() {
    return new Timing(metrics.time().nanoTime());
  }

  private void record(String outcome, long nanos) {
    Counter counter = counters.get(outcome);
    if (counter == null) {
      counter = counters.get(bad);
      if (complained.compareAndSet(false, true)) {
        logger.error(
            "operation {} knows no outcome '{}', only {}; it counts as '{}' until declared",
            name,
            outcome,
            counters.keySet(),
            bad);
      }
    }
    if (counter != null) {
      counter.increment();
    }
    duration.record(Duration.ofNanos(Math.max(0, nanos)));
  }

  /** One run of an operation. Thread-safe; may be stopped on another thread. */
  public final class Timing {
    private final long startNanos;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Timing(long startNanos) {
      this.startNanos = startNanos;
    }

    /**
     * Ends the run. Only the first call counts.
     *
     * @param outcome a declared outcome; any other counts as the first bad one and is logged once
     */
    public void stop(String outcome) {
      if (stopped.compareAndSet(false, true)) {
        record(outcome, metrics.time().nanoTime() - startNanos);
      }
    }
  }

  /** Declares an operation. Confined to one thread. */
  public static final class Builder {
    private final OpsMetrics metrics;
    private final String name;
    private final String help;
    private List<String> outcomes = List.of("ok", "failed");
    private List<String> bad = List.of("failed");
    private List<Slo> slos = List.of();

    Builder(OpsMetrics metrics, String name, String help) {
      if (!NAME.matcher(name).matches() || name.endsWith("_total")) {
        throw new IllegalArgumentException(
            "operation name '%s' must be snake case without _total, like orders_processed"
                .formatted(name));
      }
      if (help.isBlank()) {
        throw new IllegalArgumentException("operation '" + name + "' needs a help text");
      }
      this.metrics = metrics;
      this.name = name;
      this.help = help;
    }

    /**
     * All the ways in which the operation can end; the first one is the normal one.
     *
     * @param first snake case; default {@code ok}
     * @param more others; default {@code failed}
     * @return this
     */
    public Builder outcomes(String first, String... more) {
      this.outcomes = distinct(first, more);
      return this;
    }

    /**
     * The outcomes that count against the service.
     *
     * @param first what an exception counts as; default {@code failed}
     * @param more others
     * @return this
     */
    public Builder bad(String first, String... more) {
      this.bad = distinct(first, more);
      return this;
    }

    /**
     * What the operation promises; rules, dashboard and canary gate are generated from it.
     *
     * @param slos default none
     * @return this
     */
    public Builder slo(Slo... slos) {
      this.slos = List.of(slos);
      return this;
    }

    /**
     * Registers the meters, every outcome at 0.
     *
     * @return the operation; keep it
     * @throws IllegalArgumentException if an outcome is malformed, a bad one is not declared, the
     *     normal one is bad, the bound of a latency objective is no bucket, or the operation exists
     *     already
     */
    public Operation register() {
      for (String outcome : outcomes) {
        if (!NAME.matcher(outcome).matches()) {
          throw new IllegalArgumentException(
              "outcome '%s' of operation '%s' must be snake case".formatted(outcome, name));
        }
      }
      for (String outcome : bad) {
        if (!outcomes.contains(outcome)) {
          throw new IllegalArgumentException(
              "bad outcome '%s' of operation '%s' is not among the outcomes %s"
                  .formatted(outcome, name, outcomes));
        }
      }
      if (bad.contains(outcomes.get(0))) {
        throw new IllegalArgumentException(
            "'%s' is the normal outcome of operation '%s' and cannot be bad"
                .formatted(outcomes.get(0), name));
      }
      for (Slo slo : slos) {
        if (slo instanceof Slo.Latency latency && !BUCKETS.contains(latency.bound())) {
          throw new IllegalArgumentException(
              "latency objective of operation '%s': %s is none of the buckets %s"
                  .formatted(name, latency.bound(), BUCKETS));
        }
      }
      OperationSpec spec = new OperationSpec(name, help, outcomes, bad, BUCKETS, slos);
      metrics.claim(spec);
      return new Operation(metrics, spec);
    }

    private static List<String> distinct(String first, String... more) {
      Set<String> all = new LinkedHashSet<>();
      all.add(first);
      all.addAll(List.of(more));
      return List.copyOf(all);
    }
  }
}
