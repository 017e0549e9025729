package dev.opskit.verification.integration.servers;

import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import dev.opskit.metrics.OpsMetrics;

/** What a service without a framework makes of opskit. */
record Ops(OpsMetrics metrics, Health health, RequestObserver observer) implements AutoCloseable {
  static final RouteTemplates ROUTES =
      RouteTemplates.of("/fine/{id}", "/busy/{id}", "/fails/{id}", "/async/{id}", "/late/{id}");
  static final HealthCheck QUEUE = context -> HealthResult.up().with("waiting", 3);
  static final HealthCheck PRINTER =
      context -> HealthResult.down(HealthCause.REFUSED, "out of paper");

  static Ops start() {
    OpsMetrics metrics = OpsMetrics.builder().build();
    Health health =
        Health.builder()
            .version("1.0")
            .check("queue", QUEUE)
            .check("printer", PRINTER, check -> check.scope(DependencyScope.SHARED))
            .start();
    return new Ops(metrics, health, metrics.http(ROUTES));
  }

  OpsRoutes routes() {
    return HealthEndpoints.of(health).and(metrics.endpoints());
  }

  @Override
  public void close() {
    health.close();
    metrics.close();
  }
}
