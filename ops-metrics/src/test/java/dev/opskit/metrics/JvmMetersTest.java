package dev.opskit.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JvmMetersTest {
  @Test
  void cpuTimeIsToldInSecondsAndOnce() {
    try (OpsMetrics metrics = OpsMetrics.builder().build()) {
      Page page = new Page(metrics);
      Duration used = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
      double told = page.value("process_cpu_seconds_total");
      assertTrue(told >= used.toMillis() / 1e3 - 0.02, told + " s, before that " + used);
      assertTrue(told < used.toSeconds() + 3_600, told + " s, before that " + used);
      assertEquals(0, page.series("process_cpu_time_ns_total").count());
    }
  }
}
