package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.ManualTimeSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No clock moves and nothing is reported as changed, so that only a renewal makes answers anew. */
@Timeout(60)
class SnapshotRaceTest {
  private static final int ROUNDS = 500;

  private final ManualTimeSource time = new ManualTimeSource();
  private final CheckEngine engine = new CheckEngine(time, () -> {});
  private final AtomicReference<@Nullable OutOfService> out = new AtomicReference<>();
  private final Snapshots snapshots =
      new Snapshots(engine, new Reports(engine, out::get), new ReportWriter("1.4.2", time), time);

  @Test
  void aTickNeverPutsBackAnAnswerFromBeforeADrain() throws Exception {
    HealthCheck check = context -> HealthResult.up();
    for (int i = 0; i < 100; i++) {
      // They prolong the tick and do not decide on readiness.
      engine.add(
          new CheckOptions("check-" + i, check)
              .scope(DependencyScope.LOCAL)
              .probes(Probe.LIVENESS)
              .build(),
          check);
    }
    snapshots.renew();
    AtomicBoolean over = new AtomicBoolean();
    Thread ticker =
        new Thread(
            () -> {
              while (!over.get()) {
                snapshots.keepUp(false);
              }
            });
    ticker.start();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        assertStays(503, OutOfService.DRAINING);
        assertStays(200, null);
      }
    } finally {
      over.set(true);
      ticker.join();
      engine.close();
    }
  }

  private void assertStays(int status, @Nullable OutOfService why) {
    out.set(why);
    snapshots.renew();
    for (int read = 0; read < 100; read++) {
      assertEquals(status, snapshots.get(Page.READY, false).status());
    }
  }
}
