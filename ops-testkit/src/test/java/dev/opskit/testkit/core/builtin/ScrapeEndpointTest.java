package dev.opskit.testkit.core.builtin;

import dev.opskit.core.http.OpsEndpoint;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.testkit.core.OpsEndpointContract;
import org.junit.jupiter.api.AfterEach;

class ScrapeEndpointTest implements OpsEndpointContract {
  private final OpsMetrics metrics = OpsMetrics.builder().build();

  @Override
  public OpsEndpoint endpoint() {
    return metrics.endpoints();
  }

  @Override
  public String path() {
    return "/metrics";
  }

  @AfterEach
  void close() {
    metrics.close();
  }
}
