package dev.opskit.verification.integration.slo;

import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.metrics.Operation;
import dev.opskit.metrics.OpsMetrics;
import java.util.function.Function;

/** A small service with the declarations of orders-service, or with others under its name. */
final class Canary implements AutoCloseable {
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final Operation operation;
  private final JdkOpsServer server;

  private Canary(Function<OpsMetrics, Operation> declaration) {
    this.operation = declaration.apply(metrics);
    this.server = JdkOpsServer.builder().mount(metrics.endpoints()).start();
  }

  static Canary start() {
    return new Canary(Declared::orders);
  }

  /** Somebody has renamed the operation. */
  static Canary renamed() {
    return new Canary(
        metrics -> metrics.operation("orders_handled", "Orders handled by checkout.").register());
  }

  int port() {
    return server.port();
  }

  void run(String outcome, int times) {
    for (int i = 0; i < times; i++) {
      operation.start().stop(outcome);
    }
  }

  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
