package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.examples.orders.OrdersService;
import dev.opskit.verification.integration.service.Traffic.Sample;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the reference service promises while its database is gone. */
@Timeout(180)
class OutageIT {
  @TempDir Path folder;

  private Deployment deployment;

  @BeforeEach
  void deploy() throws Exception {
    deployment = Deployment.in(folder);
  }

  @AfterEach
  void close() {
    deployment.close();
  }

  @Test
  void aKilledDatabaseIsNoticedAndSoIsItsReturn() throws Exception {
    outage("REFUSED", deployment.postgres()::kill, deployment.postgres()::restart);
  }

  @Test
  void aFrozenDatabaseIsNoticedAndSoIsItsReturn() throws Exception {
    outage("TIMEOUT", deployment.postgres()::freeze, deployment.postgres()::thaw);
  }

  private void outage(String cause, Runnable begin, Runnable end) throws Exception {
    try (ServiceProcess service = deployment.start();
        Traffic traffic = Deployment.traffic(service)) {
      long before = System.nanoTime();
      traffic.await(Traffic.READY, before, Deployment.START, sample -> sample.status() == 200);
      traffic.await(Traffic.ORDERS, before, Deployment.START, sample -> sample.status() == 201);

      long gone = System.nanoTime();
      begin.run();
      Sample noticed =
          traffic.await(
              Traffic.READY,
              gone,
              OrdersService.DATABASE_DETECTION_BOUND,
              sample -> sample.status() == 503);
      traffic.await(
          Traffic.READY,
          gone,
          Deployment.START,
          sample -> sample.body().contains("\"" + cause + "\""));
      traffic.await(
          Traffic.ORDERS, noticed.endNanos(), Deployment.START, sample -> sample.status() == 503);
      long ending = System.nanoTime();
      end.run();
      long back = System.nanoTime();
      Sample ready =
          traffic.await(
              Traffic.READY,
              back,
              OrdersService.DATABASE_RECOVERY_BOUND,
              sample -> sample.status() == 200);
      traffic.await(Traffic.ORDERS, back, Deployment.START, sample -> sample.status() == 201);
      traffic.end();

      assertTrue(millis(gone, noticed) <= OrdersService.DATABASE_DETECTION_BOUND.toMillis());
      assertTrue(millis(back, ready) <= OrdersService.DATABASE_RECOVERY_BOUND.toMillis());
      assertOnly(List.of(200), traffic.of(Traffic.HEALTH));
      assertOnly(List.of(200, 503), traffic.of(Traffic.READY));
      assertOnly(
          List.of(503),
          traffic.of(Traffic.READY).stream()
              .filter(s -> s.startNanos() > noticed.endNanos() && s.endNanos() < ending)
              .toList());
      assertOnly(List.of(201, 503), traffic.of(Traffic.ORDERS));
      Duration order = Traffic.slowest(traffic.of(Traffic.ORDERS));
      Duration probe = Traffic.slowest(traffic.probes());
      assertTrue(order.compareTo(OrdersService.ANSWER_BOUND) <= 0, order::toString);
      assertTrue(probe.compareTo(Deployment.PROBE_BOUND) <= 0, probe::toString);
      assertNothingThatWasConfirmedIsLost(traffic);
      System.out.printf(
          "%s: noticed after %d ms, back after %d ms; %d orders, the slowest %d ms;"
              + " %d probes, the slowest %d ms%n",
          cause,
          millis(gone, noticed),
          millis(back, ready),
          traffic.of(Traffic.ORDERS).size(),
          order.toMillis(),
          traffic.probes().size(),
          probe.toMillis());
    }
  }

  /** An order that was answered 201 is in the database, whatever happened to it since. */
  private void assertNothingThatWasConfirmedIsLost(Traffic traffic) throws SQLException {
    List<String> confirmed =
        traffic.of(Traffic.ORDERS).stream()
            .filter(sample -> sample.status() == 201)
            .map(sample -> sample.body().replaceFirst(".*\"id\":(\\d+).*", "$1"))
            .toList();
    try (Connection connection = deployment.postgres().connect("orders");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM orders WHERE id IN (" + String.join(",", confirmed) + ")")) {
      row.next();
      assertEquals(confirmed.size(), row.getInt(1));
    }
  }

  private static void assertOnly(List<Integer> statuses, List<Sample> samples) {
    assertNotEquals(List.of(), samples);
    assertEquals(
        List.of(), samples.stream().filter(s -> !statuses.contains(s.status())).limit(5).toList());
  }

  private static long millis(long since, Sample sample) {
    return (sample.endNanos() - since) / 1_000_000;
  }
}
