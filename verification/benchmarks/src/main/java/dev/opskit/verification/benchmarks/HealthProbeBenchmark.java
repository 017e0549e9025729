package dev.opskit.verification.benchmarks;

import java.io.IOException;
import java.util.List;
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

/**
 * One answer to a probe with ten checks that do nothing, up to the bytes of its JSON body. The
 * peers run the checks for each probe; here they run in the background, which is measured along.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HealthProbeBenchmark {
  private static final List<Runnable> CHECKS = HealthPeer.checks(10, () -> {});

  /** An answer made beforehand. */
  @Benchmark
  public byte[] opskit(Background state) throws IOException {
    return state.probe();
  }

  /** The body is written for each probe, as it is as soon as one of its checks is on demand. */
  @Benchmark
  public byte[] opskitOnDemand(OnDemand state) throws IOException {
    return state.probe();
  }

  /** The health endpoint and its JSON mapper. */
  @Benchmark
  public byte[] springBoot(Spring state) throws IOException {
    return state.probe();
  }

  /** The reporter. */
  @Benchmark
  public byte[] smallRye(SmallRye state) throws IOException {
    return state.probe();
  }

  /** Ten checks in the background. */
  public static class Background extends Probed {
    /** For the harness. */
    public Background() {
      super(OpskitPeer::inBackground);
    }
  }

  /** Ten checks on demand. */
  public static class OnDemand extends Probed {
    /** For the harness. */
    public OnDemand() {
      super(OpskitPeer::onDemand);
    }
  }

  /** Ten indicators. */
  public static class Spring extends Probed {
    /** For the harness. */
    public Spring() {
      super(SpringPeer::with);
    }
  }

  /** Ten checks of MicroProfile Health. */
  public static class SmallRye extends Probed {
    /** For the harness. */
    public SmallRye() {
      super(SmallRyePeer::with);
    }
  }

  /** A peer for as long as it is measured. */
  @State(Scope.Benchmark)
  public abstract static class Probed {
    private final HealthPeer.Factory factory;
    private @Nullable HealthPeer peer;

    Probed(HealthPeer.Factory factory) {
      this.factory = factory;
    }

    /** Makes the checks known. */
    @Setup
    public void start() {
      peer = factory.with(CHECKS);
    }

    byte[] probe() throws IOException {
      return peer.probe();
    }

    /** Ends what runs in the background. */
    @TearDown
    public void close() {
      peer.close();
    }
  }
}
