package dev.opskit.metrics;

import dev.opskit.core.correlation.CorrelationContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A critical business operation, counted by outcome and timed. Every declared outcome exists at 0
 * from the start, so that the first failure is visible to {@code increase()}. Its meters are {@code
 * <name>_total} by {@code outcome}, the histogram {@code <name>_duration_seconds}, and the gauges
 * {@code <name>_active} and {@code <name>_last_success_timestamp_seconds}. The latter is when a run
 * last ended in the normal outcome; until the first one has, it is when the operation was declared,
 * so that a job that never succeeds gets old like one that has stopped to.
 *
 * <p>Thread-safe. Recording never throws; {@link #call} and {@link #run} allocate nothing of their
 * own, {@link #start} its {@link Timing}.
 */
public final class Operation {
  private final OpsMetrics metrics;
  private final OperationMeters meters;

  private Operation(OpsMetrics metrics, OperationMeters meters) {
    this.metrics = metrics;
    this.meters = meters;
  }

  /**
   * Runs something as this operation. A normal return counts as the first outcome, an exception as
   * the one that it is mapped to, else as the first bad one; it is thrown on unchanged.
   *
   * @param <T> the result's type
   * @param work what to run
   * @return what it returned
   * @throws Exception what it threw
   */
  public <T> T call(Callable<T> work) throws Exception {
    meters.started();
    long start = now();
    int outcome = meters.outcomes().normal();
    try {
      return work.call();
    } catch (Throwable t) {
      outcome = meters.outcomes().of(t);
      throw t;
    } finally {
      meters.finished(outcome, start, now());
    }
  }

  /**
   * Runs something that returns nothing as this operation; otherwise like {@link #call}.
   *
   * @param <E> what it throws
   * @param work what to run
   * @throws E what it threw
   */
  public <E extends Exception> void run(Work<E> work) throws E {
    meters.started();
    long start = now();
    int outcome = meters.outcomes().normal();
    try {
      work.run();
    } catch (Throwable t) {
      outcome = meters.outcomes().of(t);
      throw t;
    } finally {
      meters.finished(outcome, start, now());
    }
  }

  /**
   * Starts something that completes later, as this operation. It counts when the stage completes,
   * with the outcomes of {@link #call}; an exception that only carries another one, as a {@link
   * java.util.concurrent.CompletionException} does, counts as what it carries.
   *
   * @param <T> the result's type
   * @param work starts it; what it throws is thrown on, and counts
   * @return completes like the stage, once that has been counted; cancelling it leaves the work
   *     alone, which counts when it ends
   */
  public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> work) {
    CorrelationContext context = CorrelationContext.current();
    Timing timing = start();
    CompletionStage<T> stage;
    try {
      stage = Objects.requireNonNull(work.get(), "the work gave no stage");
    } catch (Throwable t) {
      timing.end(meters.outcomes().of(t));
      throw t;
    }
    CompletableFuture<T> counted = new CompletableFuture<>();
    stage.whenComplete(
        (result, failure) -> {
          timing.end(context, failure);
          if (failure == null) {
            counted.complete(result);
          } else {
            counted.completeExceptionally(failure);
          }
        });
    return counted;
  }

  /**
   * Starts the clock for work whose outcome is known only at its end.
   *
   * @return call {@link Timing#stop} on it; one that never is stays active forever
   */
  public Timing start() {
    meters.started();
    return new Timing(now());
  }

  private long now() {
    return metrics.time().nanoTime();
  }

  /**
   * Work without a result.
   *
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    /**
     * Does it; called once, on the caller's thread.
     *
     * @throws E counts as a failure and is thrown on
     */
    void run() throws E;
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
     * @param outcome a declared outcome; any other counts as the first bad one, is logged once and
     *     counted in {@code ops_metrics_rejected_total}
     */
    public void stop(String outcome) {
      if (stopped.compareAndSet(false, true)) {
        meters.finished(meters.indexOf(outcome), startNanos, now());
      }
    }

    /**
     * Ends the run with what its failure is mapped to. Only the first call counts.
     *
     * @param failure what went wrong
     */
    public void stop(Throwable failure) {
      end(meters.outcomes().of(failure));
    }

    private void end(int outcome) {
      if (stopped.compareAndSet(false, true)) {
        meters.finished(outcome, startNanos, now());
      }
    }

    private void end(@Nullable CorrelationContext context, @Nullable Throwable failure) {
      int outcome = failure == null ? meters.outcomes().normal() : meters.outcomes().of(failure);
      if (context == null) {
        end(outcome);
        return;
      }
      try (CorrelationContext.Scope scope = context.open()) {
        end(outcome);
      }
    }
  }

  /** Declares an operation. Confined to one thread. */
  public static final class Builder {
    private final OpsMetrics metrics;
    private final String name;
    private final String help;
    private final Map<Class<? extends Throwable>, String> failures = new LinkedHashMap<>();
    private List<String> outcomes = List.of("ok", "failed");
    private List<String> bad = List.of("failed");
    private List<Duration> buckets = OperationRules.BUCKETS;
    private List<Slo> slos = List.of();

    Builder(OpsMetrics metrics, String name, String help) {
      OperationRules.checkName(name, help);
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
      this.outcomes = OperationRules.distinct(first, more);
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
      this.bad = OperationRules.distinct(first, more);
      return this;
    }

    /**
     * What an exception counts as. Of several that fit, the one that was given first.
     *
     * @param failure the exception, or what it extends
     * @param outcome a declared outcome, bad or not
     * @return this
     */
    public Builder on(Class<? extends Throwable> failure, String outcome) {
      OperationRules.checkNotShadowed(name, failures.keySet(), failure);
      failures.put(failure, outcome);
      return this;
    }

    /**
     * The upper bounds of the duration's histogram.
     *
     * @param bounds above 0, ascending, 1 to 50; default 0.1, 0.25, 0.5, 1, 2.5, 5 and 10 s
     * @return this
     */
    public Builder buckets(Duration... bounds) {
      this.buckets = List.of(bounds);
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
     * @throws IllegalArgumentException if an outcome is malformed, one that is bad or mapped to is
     *     not declared, the normal one is bad, the buckets do not ascend, the bound of a latency
     *     objective is no bucket, or one of the names is taken
     */
    public Operation register() {
      OperationSpec spec = new OperationSpec(name, help, outcomes, bad, buckets, slos);
      OperationRules.check(spec, failures);
      metrics.claim(spec);
      return new Operation(
          metrics, new OperationMeters(metrics, spec, new Outcomes(spec, failures)));
    }
  }
}
