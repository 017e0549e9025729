package dev.opskit.verification.benchmarks;

import dev.opskit.core.correlation.CorrelationContext;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One request is recorded, inside the scope that a server adapter opens for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestMetricsBenchmark {
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
  public void opskit() {
    idioms.opskit();
  }

  /** By meters that are built anew for each request, which finds the old ones. */
  @Benchmark
  public void builder() {
    idioms.byBuilder();
  }

  /** By meters that are looked up for each request. */
  @Benchmark
  public void lookup() {
    idioms.byLookup();
  }

  /** By a sample that is stopped into a timer that is looked up. */
  @Benchmark
  public void sample() {
    idioms.bySample();
  }

  /** By a timer and a counter that are kept. */
  @Benchmark
  public void resolvedBefore() {
    idioms.resolvedBefore();
  }

  /** A payment, added up exactly. */
  @Benchmark
  public void amount() {
    idioms.amount(payment);
  }

  /** A payment as a double. */
  @Benchmark
  public void summary() {
    idioms.summary(payment);
  }
}
