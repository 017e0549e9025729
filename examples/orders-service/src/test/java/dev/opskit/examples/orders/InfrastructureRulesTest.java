package dev.opskit.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.testkit.rules.OpsRules;
import dev.opskit.testkit.rules.RuleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class InfrastructureRulesTest {
  private static final Path REPORT = Path.of("target/rules-report.md");

  @TempDir private static Path folder;

  private static LocalOrders orders;
  private static RuleReport production;

  @BeforeAll
  static void start() throws Exception {
    orders = LocalOrders.start(folder);
    production = rules("production").printTo(System.out).reportTo(REPORT).evaluate();
  }

  @AfterAll
  static void close() {
    orders.close();
  }

  @TestFactory
  Stream<DynamicTest> production() {
    return production.tests();
  }

  @TestFactory
  Stream<DynamicTest> plain() {
    return rules("plain")
        .except("kubernetes.mesh", "for clusters that have no mesh")
        .except("kubernetes.alerts", "for clusters without the operator: deploy/prometheus")
        .tests();
  }

  @Test
  void nothingIsFoundAndTheReportInTheGuideIsOfToday() throws IOException {
    assertEquals(List.of(), production.broken());
    assertEquals(
        Files.readString(REPORT),
        Files.readString(Path.of("../../docs/rules-report.md")),
        "copy examples/orders-service/target/rules-report.md to docs");
  }

  private static OpsRules rules(String overlay) {
    return OpsRules.forService()
        .classes("dev.opskit.examples.orders")
        .leaveOut("dev.opskit.examples.orders.story", "the demo, which talks to people")
        .leaveOut("dev.opskit.examples.orders.postgres", "the demo's own database server")
        .dockerfile(Path.of("deploy/Dockerfile"))
        .manifests(Path.of("deploy/k8s/overlays", overlay))
        .running(orders::running)
        .strict();
  }
}
