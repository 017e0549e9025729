package dev.opskit.verification.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Events that no encoder has seen are encoded, {@value #EVENTS} at a time so that making them stays
 * outside, on a heap whose pages were touched before. To be run with {@code -prof
 * dev.opskit.verification.benchmarks.EventCost}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC"})
public class LogEncodingBenchmark {
  static final int EVENTS = 500;

  /** Who encodes; {@code FLOOR} appends the same bytes by hand and copies them. */
  @Param({"OPSKIT", "FLOOR", "LOGBACK", "LOGSTASH", "ECS", "LOG4J"})
  public String peer = "";

  /** Whether the event has an exception with two causes. */
  @Param({"false", "true"})
  public boolean failed;

  private final LogEvents events = new LogEvents();
  private final Object[] batch = new Object[EVENTS];
  private LogPeer of = LogPeer.OPSKIT;
  private Function<Object, byte[]> encoder = event -> new byte[0];

  /** Makes the encoder once a trial. */
  @Setup(Level.Trial)
  public void choose() {
    boolean isFloor = peer.equals("FLOOR");
    of = isFloor ? LogPeer.OPSKIT : LogPeer.valueOf(peer);
    encoder = isFloor ? new HandWrittenLine() : of.appending();
  }

  /** Makes the events that are encoded next. */
  @Setup(Level.Invocation)
  public void refill() {
    for (int i = 0; i < EVENTS; i++) {
      batch[i] = of.event(events, failed);
    }
  }

  /** Encodes them. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void encode(Blackhole hole) {
    EventCost.measure(
        EVENTS,
        () -> {
          for (Object event : batch) {
            hole.consume(encoder.apply(event));
          }
        });
  }
}
