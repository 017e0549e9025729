package dev.opskit.verification.benchmarks;

import dev.opskit.core.correlation.CorrelationContext;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One request is recorded, inside the scope that a server adapter opens for it. In batches, so that
 * {@link EventCost} can tell CPU time on a busy machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestMetricsBenchmark {
  private static final int BATCH = 1_000;

  private final RequestIdioms idioms = new RequestIdioms();
  private final BigDecimal payment = new BigDecimal("129.90");
  private CorrelationContext.@Nullable Scope scope;

  /** Opens the scope on the thread that measures. */
  @Setup
  public void open() {
    scope = idioms.context().open();
  }

  /** Closes it there. */
  @TearDown
  public void close() {
    if (scope != null) {
      scope.close();
    }
  }

  /** By an observer that finds its meters by index. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void opskit() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.opskit();
          }
        });
  }

  /** By meters that are built anew for each request, which finds the old ones. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void builder() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.byBuilder();
          }
        });
  }

  /** By meters that are looked up for each request. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void lookup() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.byLookup();
          }
        });
  }

  /** By a sample that is stopped into a timer that is looked up. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void sample() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.bySample();
          }
        });
  }

  /** By a timer and a counter that are kept. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void resolvedBefore() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.resolvedBefore();
          }
        });
  }

  /** A payment, added up exactly. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void amount() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.amount(payment);
          }
        });
  }

  /** A payment as a double. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void summary() {
    EventCost.measure(
        BATCH,
        () -> {
          for (int i = 0; i < BATCH; i++) {
            idioms.summary(payment);
          }
        });
  }
}
