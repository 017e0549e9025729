package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.verification.integration.RealParts;
import dev.opskit.verification.integration.service.Traffic.Sample;
import dev.opskit.verification.integration.slo.Analysis;
import dev.opskit.verification.integration.slo.LivePrometheus;
import dev.opskit.verification.integration.slo.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A blue-green release, acted out: real processes, a proxy for the Service, customers, and the
 * generated analysis on a real Prometheus.
 */
@Timeout(600)
class BlueGreenIT {
  private static final Path DEPLOY =
      Path.of("../../examples/orders-service/deploy").toAbsolutePath().normalize();
  private static final Path TEMPLATE =
      DEPLOY.resolve("k8s/overlays/production/analysis-template.yml");

  /** As deployed. */
  private static final String DRAIN_SECONDS = "10";

  private static final Duration END_BOUND = Duration.ofSeconds(60);
  private static final String ORDER = "{\"item\":\"teapot\",\"quantity\":1,\"amount\":9.5}";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path folder;

  @Test
  void aBadPreviewIsRefusedAndAGoodOneTakesOverWithoutAFailedRequest() throws Exception {
    RealParts.executable("prometheus", "prometheus", "install Debian's package 'prometheus'");
    try (Deployment deployment = Deployment.in(folder).with("ORDERS_DRAIN_SECONDS", DRAIN_SECONDS);
        ServiceProcess blue = deployment.start("blue")) {
      Instance active = Instance.of(blue);
      botchAMigration(deployment);
      deployment.with("ORDERS_DB_NAME", "botched");
      try (ServiceProcess badProcess = deployment.start("bad");
          ServiceProcess goodProcess = deployment.with("ORDERS_DB_NAME", "orders").start("good")) {
        Instance bad = Instance.of(badProcess);
        Instance good = Instance.of(goodProcess);
        release(blue, active, badProcess, bad, good);
      }
    }
  }

  private void release(
      ServiceProcess blue, Instance active, ServiceProcess badProcess, Instance bad, Instance good)
      throws Exception {
    try (BlueGreenProxy proxy = BlueGreenProxy.to(active.port());
        Traffic customers = new Traffic(proxy.port(), good.managementPort());
        LivePrometheus prometheus = watch(Map.of("bad", bad, "good", good))) {
      long start = System.nanoTime();
      customers.await(Traffic.ORDERS, start, Deployment.START, sample -> sample.status() == 201);

      assertEquals(Verdict.FAILURE, judge(prometheus, "bad", bad));
      badProcess.terminate();

      assertEquals(Verdict.SUCCESS, judge(prometheus, "good", good));
      proxy.beginSwitchTo(good.port());
      long switched = System.nanoTime();
      blue.terminate();
      awaitNotReady(active);
      // Whoever has not heard of it yet still sends orders to the old instance, and they are taken.
      for (int i = 0; i < 10; i++) {
        customers.await(Traffic.ORDERS, System.nanoTime(), Deployment.START, sample -> true);
      }
      proxy.endSwitch();
      assertEquals(143, blue.awaitExit(END_BOUND));
      long ended = System.nanoTime();
      customers.await(Traffic.ORDERS, ended, Deployment.START, sample -> sample.status() == 201);
      customers.end();

      List<Sample> orders = customers.of(Traffic.ORDERS);
      List<Sample> failed = orders.stream().filter(one -> one.status() != 201).toList();
      System.out.printf(
          "blue-green: %d orders, %d failed; the old instance ended %d ms after the switch%n",
          orders.size(), failed.size(), (ended - switched) / 1_000_000);
      assertEquals(List.of(), failed);
      assertTrue(orders.size() > 100, () -> orders.size() + " orders");
    }
  }

  /** What a load balancer looks at. */
  private void awaitNotReady(Instance instance) throws Exception {
    HttpRequest ready =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + instance.managementPort() + Traffic.READY))
            .build();
    try {
      int status;
      do {
        status = client.send(ready, BodyHandlers.discarding()).statusCode();
      } while (status == 200);
    } catch (IOException gone) {
      // That is not ready either.
    }
  }

  /** A release whose database lacks the columns that it asks for. */
  private static void botchAMigration(Deployment deployment) throws SQLException {
    try (Connection connection = deployment.postgres().connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE botched");
    }
    try (Connection connection = deployment.postgres().connect("botched");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE orders (id bigint)");
    }
  }

  private LivePrometheus watch(Map<String, Instance> previews) throws IOException {
    Map<String, Integer> targets = new TreeMap<>();
    previews.forEach((hash, preview) -> targets.put(hash, preview.managementPort()));
    return LivePrometheus.start(
        folder, DEPLOY.resolve("generated/rules.yml"), "orders-service", targets);
  }

  /** Somebody tries the preview until the analysis has made up its mind. */
  private Verdict judge(LivePrometheus prometheus, String hash, Instance preview) throws Exception {
    HttpRequest order =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + preview.port() + "/orders"))
            .POST(BodyPublishers.ofString(ORDER))
            .build();
    // Before the first scrape, nothing is exported, and that is a failure, too.
    while (prometheus
        .query("orders_processed_total{rollouts_pod_template_hash=\"" + hash + "\"}")
        .isEmpty()) {
      client.send(order, BodyHandlers.discarding());
    }
    while (true) {
      for (int i = 0; i < 20; i++) {
        client.send(order, BodyHandlers.discarding());
      }
      Verdict verdict = Analysis.of(TEMPLATE, prometheus, hash);
      boolean isTried =
          prometheus
                  .query(
                      "sum(increase(orders_processed_total{rollouts_pod_template_hash=\"%s\"}[5m])) > 50"
                          .formatted(hash))
                  .size()
              == 1;
      if (isTried && verdict != Verdict.INCONCLUSIVE) {
        return verdict;
      }
    }
  }
}
