package dev.opskit.testkit.core.builtin;

import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.testkit.core.RequestObserverContract;
import org.junit.jupiter.api.AfterEach;

class HttpMetricsTest implements RequestObserverContract {
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();

  @Override
  public RequestObserver observer() {
    return metrics.http(RouteTemplates.of("/orders"));
  }

  @AfterEach
  void close() {
    metrics.close();
  }
}
