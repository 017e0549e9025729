package dev.opskit.verification.integration.slo;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.opskit.verification.integration.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The committed artefacts of orders-service in a real Prometheus that scrapes it. */
@Timeout(900)
class LiveRulesIT {
  private static final Path GENERATED =
      Path.of("../../examples/orders-service/deploy/generated").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void anAlertFiresTheCanariesAreJudgedAndEverySelectorFindsSomething() throws Exception {
    RealParts.executable("prometheus", "prometheus", Promtool.MEND);
    try (LiveOrders orders = LiveOrders.start(folder);
        Canary good = Canary.start();
        Canary bad = Canary.start();
        Canary idle = Canary.start();
        Canary few = Canary.start();
        Canary renamed = Canary.renamed();
        LivePrometheus prometheus =
            LivePrometheus.start(
                folder,
                GENERATED.resolve("rules.yml"),
                "orders-service",
                Map.of(
                    Contract.HASH,
                    orders.managementPort(),
                    "good",
                    good.port(),
                    "bad",
                    bad.port(),
                    "idle",
                    idle.port(),
                    "few",
                    few.port(),
                    "renamed",
                    renamed.port()))) {
      await(() -> prometheus.query("sum(up)").equals(List.of(6.0)));
      few.run("failed", 1);
      Map<String, Verdict> expected =
          Map.of(
              "good", Verdict.SUCCESS,
              "bad", Verdict.FAILURE,
              "idle", Verdict.INCONCLUSIVE,
              "few", Verdict.INCONCLUSIVE,
              "renamed", Verdict.FAILURE,
              "absent", Verdict.FAILURE);
      await(
          () -> {
            good.run("ok", 100);
            bad.run("ok", 95);
            bad.run("failed", 5);
            orders.order(LiveOrders.TEAPOT);
            orders.order(LiveOrders.GIFT_CARD);
            return verdicts(prometheus, expected).equals(expected)
                && isFiring(prometheus, "OrdersProcessedSuccessBurn", "page");
          });
      assertFalse(
          prometheus.groups().toString().contains("health=err"), prometheus.groups()::toString);
      assertFalse(isFiring(prometheus, "OrdersServiceGone", "page"));
      assertEverySelectorFindsSomething(prometheus);
    }
  }

  private static void assertEverySelectorFindsSomething(LivePrometheus prometheus)
      throws Exception {
    Contract contract = new Contract("orders-service");
    for (String file : List.of("rules.yml", "dashboard.json", "analysis-template.yml")) {
      contract.add(Files.readString(GENERATED.resolve(file)));
    }
    Set<String> selectors =
        contract.queries().stream()
            .flatMap(query -> query.selectors().stream())
            .map(Query.Selector::text)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String selector : selectors) {
      await(() -> !prometheus.query("count(" + selector + ")").isEmpty());
    }
  }

  /** All metrics of the template together: one failure fails, one doubt leaves a doubt. */
  private static Map<String, Verdict> verdicts(
      LivePrometheus prometheus, Map<String, Verdict> expected) throws Exception {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (String hash : expected.keySet()) {
      verdicts.put(hash, Analysis.of(GENERATED.resolve("analysis-template.yml"), prometheus, hash));
    }
    return verdicts;
  }

  private static boolean isFiring(LivePrometheus prometheus, String alert, String severity)
      throws InterruptedException {
    return prometheus.alerts().stream()
        .map(one -> (Map<?, ?>) one)
        .filter(one -> "firing".equals(one.get("state")))
        .map(one -> (Map<?, ?>) one.get("labels"))
        .anyMatch(
            labels ->
                alert.equals(labels.get("alertname")) && severity.equals(labels.get("severity")));
  }

  /** Something that may fail while it is asked for. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  /** Until the whole test is too late. */
  private static void await(Condition condition) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.holds()) {
      assertFalse(never.await(200, TimeUnit.MILLISECONDS));
    }
  }
}
