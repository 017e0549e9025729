package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.maintenance.MaintenanceWindow;
import dev.opskit.core.time.ManualTimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SnapshotRaceTest {
  private static final int ROUNDS = 30_000;

  @Test
  void aTickNeverPutsBackAnAnswerFromBeforeAMaintenance() throws Exception {
    ManualTimeSource time = new ManualTimeSource();
    AtomicBoolean over = new AtomicBoolean();
    try (Health health =
        Health.builder().time(time).check("db", context -> HealthResult.up()).build()) {
      while (!health.report(Probe.READINESS).available()) {
        health.tick();
      }
      Thread ticker =
          new Thread(
              () -> {
                while (!over.get()) {
                  health.tick();
                }
              });
      ticker.start();
      try {
        OpsRoutes routes = HealthEndpoints.of(health);
        MaintenanceWindow window =
            new MaintenanceWindow("ada", "restore", time.now().plus(Duration.ofHours(1)));
        for (int i = 0; i < ROUNDS; i++) {
          health.maintenance().enter(window);
          // Many times: a tick that has read the old answer may be about to write it.
          for (int read = 0; read < 20; read++) {
            assertEquals(503, routes.handle(OpsRequest.get("/ready")).status(), "round " + i);
          }
          health.maintenance().leave();
          assertEquals(200, routes.handle(OpsRequest.get("/ready")).status(), "round " + i);
        }
      } finally {
        over.set(true);
        ticker.join();
      }
    }
  }
}
