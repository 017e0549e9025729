package dev.opskit.examples.orders;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.bind.PairedRules;
import dev.opskit.metrics.slo.SloArtefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Generates what below {@code deploy} follows from the declarations of the service: {@code ./mvnw
 * -q -Pslo -pl examples/orders-service -am process-classes}.
 */
public final class Artefacts {
  private static final String HEAD =
      "# Generated from what the service declares; change that, not this file.\n";

  private Artefacts() {}

  /**
   * The entry point.
   *
   * @param arguments the folder to write to
   * @throws IOException if it cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path deploy = Path.of(arguments[0]);
    for (Map.Entry<String, String> file : generate().entrySet()) {
      Path path = deploy.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** Texts by their files below {@code deploy}. */
  static Map<String, String> generate() {
    Map<String, String> files = new TreeMap<>();
    Map<String, String> slo = slo().files();
    slo.forEach((name, text) -> files.put("generated/" + name, text));
    String paired = PairedRules.of(OrdersService.BACKUP_MAX_AGE).yaml();
    files.put("generated/paired-rules.yml", HEAD + paired);
    // Kustomize reads nothing outside of its own folders.
    files.put("k8s/monitoring/prometheus-rule.yml", slo.get("prometheus-rule.yml"));
    files.put("k8s/monitoring/paired-rules.yml", HEAD + prometheusRule(paired));
    files.put("k8s/overlays/production/analysis-template.yml", slo.get("analysis-template.yml"));
    return files;
  }

  static List<String> staleIn(Path deploy) throws IOException {
    List<String> stale = new ArrayList<>();
    for (Map.Entry<String, String> file : generate().entrySet()) {
      Path path = deploy.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        stale.add(file.getKey());
      }
    }
    return stale;
  }

  private static SloArtefacts slo() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
        HikariDataSource neverAsked = new HikariDataSource()) {
      new Checkout(metrics, new OrderStore(neverAsked));
      return SloArtefacts.builder("orders-service", metrics.operations()).build();
    }
  }

  private static String prometheusRule(String groups) {
    return """
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata:
      name: orders-service-paired
    spec:
    """
        + groups.indent(2);
  }
}
