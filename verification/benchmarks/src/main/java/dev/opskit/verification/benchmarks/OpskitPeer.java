package dev.opskit.verification.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsResponse;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.health.CheckOptions;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The readiness probe, with the default options of the checks but for what the factory says. */
final class OpskitPeer implements HealthPeer {
  private static final OpsRequest READY = OpsRequest.get("/ready");

  private final Health health;
  private final OpsRoutes endpoints;

  private OpskitPeer(List<Runnable> work, UnaryOperator<CheckOptions> options) {
    Health.Builder builder = Health.builder().version("1.4.2");
    for (int i = 0; i < work.size(); i++) {
      Runnable piece = work.get(i);
      HealthCheck check =
          context -> {
            piece.run();
            return HealthResult.up();
          };
      builder.check(HealthPeer.nameOf(i), check, options);
    }
    this.health = builder.start();
    this.endpoints = HealthEndpoints.of(health);
  }

  /** The checks run in the background, as they do by default. */
  static OpskitPeer inBackground(List<Runnable> work) {
    return new OpskitPeer(work, options -> options);
  }

  /** The body is written anew for each probe; the checks run at most once in their interval. */
  static OpskitPeer onDemand(List<Runnable> work) {
    return new OpskitPeer(work, CheckOptions::onDemand);
  }

  @Override
  public byte[] probe() {
    return endpoints.handle(READY).body();
  }

  @Override
  public void answer(HttpExchange exchange) throws IOException {
    OpsResponse response = endpoints.handle(READY);
    HealthPeer.send(exchange, response.status(), response.body());
  }

  @Override
  public void close() {
    health.close();
  }
}
