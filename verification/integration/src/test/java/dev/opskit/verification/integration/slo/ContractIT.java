package dev.opskit.verification.integration.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.http.OpsRequest;
import dev.opskit.metrics.OpsMetrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the artefacts ask for is what is exported, down to the values of labels. */
@Timeout(180)
class ContractIT {
  private static final Path GENERATED =
      Path.of("../../examples/orders-service/deploy/generated").toAbsolutePath().normalize();
  private static final List<String> FILES =
      List.of(
          "rules.yml",
          "rules.test.yml",
          "prometheus-rule.yml",
          "dashboard.json",
          "analysis-template.yml");

  private static final String LAST_SUCCESS = "nightly_export_last_success_timestamp_seconds";

  @TempDir Path folder;

  @Test
  void theCommittedArtefactsAskOnlyForWhatTheLiveServiceExports() throws Exception {
    Contract contract = new Contract("orders-service");
    for (String file : FILES) {
      contract.add(Files.readString(GENERATED.resolve(file)));
    }
    assertTrue(contract.queries().size() > 150, contract.queries().size() + " queries");
    Page page = livePage();
    assertEquals(Set.of(), contract.violations(page));

    Map<String, Page> mutations = Mutations.of(page, contract);
    assertTrue(mutations.size() >= 60, () -> mutations.size() + " mutations");
    List<String> missed = new ArrayList<>();
    mutations.forEach(
        (what, mutated) -> {
          if (contract.violations(mutated).isEmpty()) {
            missed.add(what);
          }
        });
    assertEquals(List.of(), missed, () -> "of " + mutations.keySet());
  }

  @Test
  void anObjectiveOfFreshnessAsksForWhatTheOperationExports() {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build()) {
      Declared.export(metrics);
      Contract contract = new Contract("export-service");
      Map<String, String> files = Declared.exportArtefacts().files();
      for (String file : List.of("rules.yml", "rules.test.yml", "analysis-template.yml")) {
        contract.add(files.get(file));
      }
      Page page = Page.of(page(metrics), target("export-service"));
      Set<String> violations = new TreeSet<>(contract.violations(page));
      assertEquals(Set.of(), violations);
      assertTrue(
          contract
              .violations(page.without(Set.of(LAST_SUCCESS)))
              .toString()
              .contains(LAST_SUCCESS));
      Page renamed =
          page.changed(
              "nightly_export_total",
              one ->
                  one.has("outcome", "refused") ? one.labelled("outcome", "outcome", "no") : one);
      assertTrue(contract.violations(renamed).toString().contains("refused"));
    }
  }

  private Page livePage() throws Exception {
    try (LiveOrders orders = LiveOrders.start(folder)) {
      assertEquals(201, orders.order(LiveOrders.TEAPOT));
      assertEquals(502, orders.order(LiveOrders.GIFT_CARD));
      return Page.of(orders.page(), Contract.TARGET);
    }
  }

  private static String page(OpsMetrics metrics) {
    return new String(
        metrics.endpoints().handle(OpsRequest.get("/metrics")).body(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> target(String job) {
    Map<String, String> target = new LinkedHashMap<>(Contract.TARGET);
    target.put("job", job);
    return target;
  }
}
