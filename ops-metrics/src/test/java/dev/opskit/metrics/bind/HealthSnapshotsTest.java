package dev.opskit.metrics.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.HealthStatus;
import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.health.HealthReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthSnapshotsTest {
  private final ManualTimeSource time = new ManualTimeSource();
  private int looks;
  private final HealthSnapshots snapshots =
      new HealthSnapshots(
          () -> {
            looks++;
            return new HealthReport(HealthStatus.UP, true, null, null, List.of());
          },
          time);

  @Test
  void manyGaugesOfOneScrapeShareOneLook() {
    for (int i = 0; i < 1_000; i++) {
      snapshots.current();
    }
    assertEquals(1, looks);
    time.advance(Duration.ofMillis(200));
    snapshots.current();
    assertEquals(2, looks);
  }
}
