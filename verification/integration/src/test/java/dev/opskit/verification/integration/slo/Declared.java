package dev.opskit.verification.integration.slo;

import dev.opskit.metrics.Operation;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.Slo;
import dev.opskit.metrics.slo.SloArtefacts;
import java.time.Duration;

/** The declarations whose artefacts are tried out, the same as those of orders-service and more. */
final class Declared {
  static final Duration MAX_AGE = Duration.ofHours(2);

  private Declared() {}

  static Operation orders(OpsMetrics metrics) {
    return metrics
        .operation("orders_processed", "Orders handled by checkout.")
        .outcomes("ok", "rejected", "failed")
        .bad("failed")
        .slo(Slo.success("99.9"), Slo.latency("99", Duration.ofMillis(500)))
        .register();
  }

  static Operation export(OpsMetrics metrics) {
    return metrics
        .operation("nightly_export", "Exports to the warehouse.")
        .outcomes("ok", "late", "failed", "refused")
        .bad("failed", "refused")
        .slo(Slo.freshness(MAX_AGE), Slo.success("80"))
        .register();
  }

  static SloArtefacts ordersArtefacts() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build()) {
      orders(metrics);
      return SloArtefacts.builder("orders-service", metrics.operations()).build();
    }
  }

  static SloArtefacts exportArtefacts() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build()) {
      export(metrics);
      return SloArtefacts.builder("export-service", metrics.operations()).build();
    }
  }
}
