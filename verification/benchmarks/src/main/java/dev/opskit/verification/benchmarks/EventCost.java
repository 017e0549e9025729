package dev.opskit.verification.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time and allocated bytes of what was encoded or recorded, without what making it costs. Of
 * the batches of an iteration, the median and the 5th percentile are given, and of the iterations
 * the least: the rest tells of what else the machine did. To be named with {@code -prof}.
 */
public final class EventCost implements InternalProfiler {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<Double> NANOS = new ArrayList<>();
  private static final List<Double> BYTES = new ArrayList<>();
  private static final int MAX_BATCHES = 20_000;

  /** For JMH. */
  public EventCost() {}

  /** Runs the work for some events and adds what it costs. */
  static void measure(int events, Runnable work) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    work.run();
    double costNanos = THREADS.getCurrentThreadCpuTime() - nanos;
    double costBytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    synchronized (NANOS) {
      if (NANOS.size() < MAX_BATCHES) {
        NANOS.add(costNanos / events);
        BYTES.add(costBytes / events);
      }
    }
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    NANOS.clear();
    BYTES.clear();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(
        new ScalarResult("cpu", at(NANOS, 0.5), "ns/event", AggregationPolicy.MIN),
        new ScalarResult("cpuBest", at(NANOS, 0.05), "ns/event", AggregationPolicy.MIN),
        new ScalarResult("bytes", at(BYTES, 0.5), "B/event", AggregationPolicy.MIN));
  }

  private static double at(List<Double> costs, double rank) {
    List<Double> sorted = costs.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) (sorted.size() * rank));
  }

  @Override
  public String getDescription() {
    return "CPU time and bytes of one event";
  }
}
