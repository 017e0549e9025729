package dev.opskit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.time.Duration;

/**
 * Micrometer's binders for the JVM and the process, with names that promtool has nothing against.
 */
final class JvmMeters implements AutoCloseable {
  private final JvmGcMetrics gc;

  private JvmMeters(JvmGcMetrics gc) {
    this.gc = gc;
  }

  static JvmMeters bindTo(MeterRegistry registry) {
    registry.config().meterFilter(new PromtoolNames());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    JvmGcMetrics gc = new JvmGcMetrics();
    gc.bindTo(registry);
    bindCpuTime(registry);
    return new JvmMeters(gc);
  }

  private static void bindCpuTime(MeterRegistry registry) {
    ProcessHandle process = ProcessHandle.current();
    if (process.info().totalCpuDuration().isPresent()) {
      HeldCounter.register(
          registry,
          "process.cpu.seconds",
          "CPU time that the process has used.",
          Tags.empty(),
          () -> cpuSeconds(process));
    }
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1e3;
  }

  @Override
  public void close() {
    gc.close();
  }

  private static final class PromtoolNames implements MeterFilter {
    /** Counts nanoseconds where Prometheus counts seconds, as process.cpu.seconds does here. */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
      return id.getName().equals("process.cpu.time")
          ? MeterFilterReply.DENY
          : MeterFilterReply.NEUTRAL;
    }

    /** A gauge may not end in {@code _count}, which is reserved for histograms. */
    @Override
    public Meter.Id map(Meter.Id id) {
      return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
    }
  }
}
