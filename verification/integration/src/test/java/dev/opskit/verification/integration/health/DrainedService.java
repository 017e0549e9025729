package dev.opskit.verification.integration.health;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A process that serves requests, quick ones and slow ones, and drains before it ends. */
final class DrainedService {
  static final Duration SLOW = Duration.ofSeconds(2);

  private DrainedService() {}

  public static void main(String[] arguments) throws Exception {
    Duration balancer = Duration.parse(arguments[0]);
    Path stopped = Path.of(arguments[1]);
    Health health = Health.builder().start();
    JdkOpsServer ops = JdkOpsServer.builder().mount(HealthEndpoints.of(health)).start();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newCachedThreadPool());
    server
        .createContext(
            "/",
            exchange -> {
              try (exchange) {
                if (exchange.getRequestURI().getPath().equals("/slow")) {
                  LockSupport.parkNanos(SLOW.toNanos());
                }
                exchange.sendResponseHeaders(200, -1);
              }
            })
        .getFilters()
        .add(JdkRequestFilter.of(RouteTemplates.of("/quick", "/slow"), health.drain().requests()));
    server.start();
    health
        .drain()
        .onShutdown(balancer, () -> server.stop(0), () -> Files.createFile(stopped), ops, health);
    System.out.println("ports " + ops.port() + " " + server.getAddress().getPort());
  }
}
