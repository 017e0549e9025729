package dev.opskit.metrics.slo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloArtefactsTest {
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();

  @TempDir Path folder;

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void theSameDeclarationsGiveTheSameBytes() {
    declare("orders", Slo.success("99.9"), Slo.latency("99", Duration.ofMillis(500)));
    assertEquals(builder().build().files(), builder().build().files());
    assertEquals(
        List.of(
            "rules.yml",
            "rules.test.yml",
            "prometheus-rule.yml",
            "dashboard.json",
            "analysis-template.yml",
            "runbook.md"),
        new ArrayList<>(builder().build().files().keySet()));
  }

  @Test
  void freshnessAloneNeedsNoCanary() {
    declare("nightly_export", Slo.freshness(Duration.ofHours(26)));
    assertFalse(builder().build().files().containsKey("analysis-template.yml"));
    assertTrue(
        rules(builder())
            .contains(
                "time() - max by (job)"
                    + " (nightly_export_last_success_timestamp_seconds{job=\"shop\"})) > 93600"),
        rules(builder()));
  }

  @Test
  void aFileThatIsMissingOrChangedIsStale() throws IOException {
    declare("orders", Slo.success("99.9"));
    SloArtefacts artefacts = builder().build();
    assertEquals(6, artefacts.staleIn(folder.resolve("new")).size());
    artefacts.writeTo(folder.resolve("new"));
    assertEquals(List.of(), artefacts.staleIn(folder.resolve("new")));
    Files.writeString(folder.resolve("new/runbook.md"), "by hand");
    assertEquals(List.of("runbook.md"), artefacts.staleIn(folder.resolve("new")));
  }

  @Test
  void theOptionsAreWhereTheyBelong() {
    declare("orders", Slo.success("99.9"));
    SloArtefacts.Builder all =
        builder()
            .job("eu/orders")
            .minBadEvents(7)
            .runbook("https://wiki/orders")
            .prometheus("https://prometheus")
            .canaryLabel("hash")
            .kubernetesLabel("release", "stack");
    assertTrue(rules(all).contains("slo=\"orders_success\"} >= 7)"), rules(all));
    assertTrue(rules(all).contains("up{job=\"eu/orders\"}"), rules(all));
    assertTrue(rules(all).contains("'https://wiki/orders#orderssuccessburn'"), rules(all));
    String canary = String.valueOf(all.build().files().get("analysis-template.yml"));
    assertTrue(canary.contains("hash=\"{{args.canary-hash}}\""), canary);
    assertTrue(canary.contains("address: 'https://prometheus'"), canary);
    assertTrue(canary.contains("  labels:\n    release: stack\n"), canary);
  }

  @Test
  void everyAlertLinksToASectionOfTheRunbook() {
    declare(
        "orders",
        Slo.success("99.9"),
        Slo.latency("99", Duration.ofMillis(500)),
        Slo.freshness(Duration.ofHours(1)));
    String runbook = String.valueOf(builder().build().files().get("runbook.md"));
    List<String> alerts =
        Pattern.compile("alert: (\\w+)")
            .matcher(rules(builder()))
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertEquals(7, alerts.size(), alerts::toString);
    alerts.forEach(alert -> assertTrue(runbook.contains("\n## " + alert + "\n"), alert));
    alerts.forEach(
        alert ->
            assertTrue(
                rules(builder()).contains("'runbook.md#" + alert.toLowerCase() + "'"), alert));
  }

  @Test
  void whatCannotBeGeneratedIsRefused() {
    assertRefused("operations []: none has an objective", builder -> builder);
    declare("orders", Slo.success("99.9"));
    assertRefused("minBadEvents '0' must be 1 or more", builder -> builder.minBadEvents(0));
    assertRefused("job ' ' must be not blank", builder -> builder.job(" "));
    assertRefused("runbook 'a#b' must be a URL without #", builder -> builder.runbook("a#b"));
    assertRefused("canaryLabel 'a-b' must be", builder -> builder.canaryLabel("a-b"));
    assertRefused(
        "service 'Shop' must be like orders-service",
        builder -> SloArtefacts.builder("Shop", metrics.operations()));
    declare("twice", Slo.success("99.9"), Slo.success("99"));
    assertRefused("objective 'twice_success' is declared twice", builder -> builder);
  }

  private void assertRefused(String message, UnaryOperator<SloArtefacts.Builder> change) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> change.apply(builder()).build());
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }

  private void declare(String name, Slo... slos) {
    metrics.operation(name, "What is done.").slo(slos).register();
  }

  private SloArtefacts.Builder builder() {
    return SloArtefacts.builder("shop", metrics.operations());
  }

  private static String rules(SloArtefacts.Builder builder) {
    return String.valueOf(builder.build().files().get("rules.yml"));
  }
}
