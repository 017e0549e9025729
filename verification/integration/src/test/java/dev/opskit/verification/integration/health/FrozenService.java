package dev.opskit.verification.integration.health;

import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.health.Checks;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import java.time.Duration;

/** A process that depends on one port, to be frozen. */
final class FrozenService {
  static final Duration MAX_AGE = Duration.ofSeconds(3);

  private FrozenService() {}

  public static void main(String[] arguments) throws Exception {
    Health health =
        Health.builder()
            .check(
                "dependency",
                Checks.tcp("127.0.0.1", Integer.parseInt(arguments[0])),
                o ->
                    o.timeout(Duration.ofMillis(500))
                        .interval(Duration.ofSeconds(1))
                        .intervalWhileDown(Duration.ofMillis(200))
                        .maxAge(MAX_AGE))
            .start();
    JdkOpsServer server = JdkOpsServer.builder().mount(HealthEndpoints.of(health)).start();
    System.out.println("ports " + server.port() + " 0");
    Thread.currentThread().join();
  }
}
