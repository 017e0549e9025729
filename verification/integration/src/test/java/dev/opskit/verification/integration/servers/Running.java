package dev.opskit.verification.integration.servers;

import dev.opskit.health.Health;
import dev.opskit.metrics.OpsMetrics;
import java.util.List;

/**
 * A started service.
 *
 * @param port where it is served
 * @param opsPort where its ops endpoints are
 * @param kinds the first segments of the paths that it knows
 */
record Running(
    int port,
    int opsPort,
    List<String> kinds,
    OpsMetrics metrics,
    Health health,
    AutoCloseable stop)
    implements AutoCloseable {
  @Override
  public void close() throws Exception {
    stop.close();
  }
}
