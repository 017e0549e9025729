package dev.opskit.examples.orders;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.slo.SloArtefacts;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Generates {@code deploy/generated} from the objectives that the service declares: {@code ./mvnw
 * -q -Pslo -pl examples/orders-service -am process-classes}.
 */
public final class Artefacts {
  private Artefacts() {}

  /**
   * The entry point.
   *
   * @param arguments the folder to write to
   * @throws IOException if it cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    generate().writeTo(Path.of(arguments[0]));
  }

  static SloArtefacts generate() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
        HikariDataSource neverAsked = new HikariDataSource()) {
      new Checkout(metrics, new OrderStore(neverAsked));
      return SloArtefacts.builder("orders-service", metrics.operations()).build();
    }
  }
}
