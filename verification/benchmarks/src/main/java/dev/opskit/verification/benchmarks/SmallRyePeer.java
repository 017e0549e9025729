package dev.opskit.verification.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.api.HealthRegistry;
import io.smallrye.health.api.HealthType;
import io.smallrye.health.registry.HealthRegistries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * The readiness of SmallRye Health without a container. Its registry is one for the whole process,
 * so there is at most one of these at a time. The checks return a result made beforehand.
 */
final class SmallRyePeer implements HealthPeer {
  private final HealthRegistry registry = HealthRegistries.getRegistry(HealthType.READINESS);
  private final SmallRyeHealthReporter reporter = new SmallRyeHealthReporter();
  private final int count;

  private SmallRyePeer(List<Runnable> work, int timeoutSeconds) {
    reporter.setTimeoutSeconds(timeoutSeconds);
    this.count = work.size();
    for (int i = 0; i < count; i++) {
      Runnable piece = work.get(i);
      HealthCheckResponse up = HealthCheckResponse.up(HealthPeer.nameOf(i));
      HealthCheck check =
          () -> {
            piece.run();
            return up;
          };
      registry.register(HealthPeer.nameOf(i), check);
    }
  }

  /** With a timeout of one second instead of the default of sixty. */
  static SmallRyePeer with(List<Runnable> work) {
    return new SmallRyePeer(work, 1);
  }

  @Override
  public byte[] probe() {
    return body(reporter.getReadiness());
  }

  @Override
  public void answer(HttpExchange exchange) throws IOException {
    SmallRyeHealth health = reporter.getReadiness();
    HealthPeer.send(exchange, health.isDown() ? 503 : 200, body(health));
  }

  private byte[] body(SmallRyeHealth health) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    reporter.reportHealth(out, health);
    return out.toByteArray();
  }

  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      registry.remove(HealthPeer.nameOf(i));
    }
  }
}
