package dev.opskit.verification.benchmarks;

import dev.opskit.core.correlation.CorrelationContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.slf4j.MDC;

/**
 * A request with three entries of context begins, hands a task over and ends; then the task runs
 * and reads the id. Both halves are on one thread, so that no queue is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOverBenchmark {
  private static final String ID = "9f1c2b7e4d5a4c0f8e3b6a7d1c2e4f50";

  private final CorrelationContext context = CorrelationContext.of(ID).with("tenant", "acme");

  /** What slf4j offers: a map per thread that is copied by hand. */
  @Benchmark
  public void mdcCopy(Blackhole hole) {
    MDC.put("correlation_id", ID);
    MDC.put("request_id", context.requestId());
    MDC.put("tenant", "acme");
    Runnable task = carryingMdc(() -> hole.consume(MDC.get("correlation_id")));
    MDC.clear();
    task.run();
  }

  /** One immutable object whose reference is handed over. */
  @Benchmark
  public void correlationContext(Blackhole hole) {
    Runnable task;
    try (CorrelationContext.Scope scope = context.open()) {
      task = CorrelationContext.wrap(() -> hole.consume(currentId()));
    }
    task.run();
  }

  private static String currentId() {
    return Objects.requireNonNull(CorrelationContext.current()).id();
  }

  private static Runnable carryingMdc(Runnable task) {
    Map<String, String> captured = MDC.getCopyOfContextMap();
    return () -> {
      Map<String, String> previous = MDC.getCopyOfContextMap();
      MDC.setContextMap(captured);
      try {
        task.run();
      } finally {
        if (previous == null) {
          MDC.clear();
        } else {
          MDC.setContextMap(previous);
        }
      }
    };
  }
}
