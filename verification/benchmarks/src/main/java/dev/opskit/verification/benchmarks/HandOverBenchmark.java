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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.slf4j.MDC;

/**
 * A request with three entries of context begins, hands a task over and ends; then the task runs
 * and reads the id. Or only the hand-over: inside of a request that has begun, a task that is there
 * already is wrapped, goes through a field as it would through a queue, and runs. {@link
 * #plainTask} is what that costs without any context. All is on one thread, so that no queue is
 * measured.
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

  /** A request that has begun. */
  @State(Scope.Thread)
  public static class Request {
    private final CorrelationContext context = CorrelationContext.of(ID).with("tenant", "acme");
    private CorrelationContext.Scope scope;
    private Runnable queued;
    private int runs;
    private final Runnable task = () -> runs++;

    /** Opens it both ways. */
    @Setup
    public void begin() {
      scope = context.open();
      MDC.put("correlation_id", ID);
      MDC.put("request_id", context.requestId());
      MDC.put("tenant", "acme");
    }

    /** Ends it both ways. */
    @TearDown
    public void end() {
      scope.close();
      MDC.clear();
    }
  }

  /** A task is wrapped in another that does nothing but run it. */
  @Benchmark
  public void plainTask(Request request) {
    Runnable task = request.task;
    request.queued = () -> task.run();
    request.queued.run();
  }

  /** A task is wrapped with the context. */
  @Benchmark
  public void correlationContextOnly(Request request) {
    request.queued = CorrelationContext.wrap(request.task);
    request.queued.run();
  }

  /** A task is wrapped with a copy of the MDC. */
  @Benchmark
  public void mdcCopyOnly(Request request) {
    request.queued = carryingMdc(request.task);
    request.queued.run();
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
