package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.examples.orders.OrdersService;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import dev.opskit.verification.integration.service.Traffic.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference service promises while its database is gone, its clients slow, or it ends. */
@Timeout(180)
class OutageIT {
  private static final Duration START = Duration.ofSeconds(40);

  /** A probe reads what is known; on a busy machine it may have to wait for its turn. */
  private static final Duration PROBE_BOUND = Duration.ofSeconds(1);

  private static final Duration END_BOUND = Duration.ofSeconds(15);

  /** What a client may take for its request, the server's round of looking, and some patience. */
  private static final Duration SLOW_CLIENTS_BOUND = Duration.ofSeconds(10 + 1 + 4);

  private static final Pattern UP =
      Pattern.compile("\"orders-service is up\",\"port\":(\\d+),\"managementPort\":(\\d+)");

  @TempDir Path folder;

  private LocalPostgres postgres;
  private Map<String, String> environment;

  @BeforeEach
  void startPostgres() throws IOException, SQLException {
    postgres = LocalPostgres.start(Files.createDirectories(folder.resolve("postgres")));
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE orders");
    }
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Path secret = Files.createFile(secrets.resolve("database"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        secret,
        "{\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(postgres.user(), postgres.password()));
    environment =
        new HashMap<>(
            Map.of(
                "ORDERS_DB_HOST", "127.0.0.1",
                "ORDERS_DB_PORT", Integer.toString(postgres.port()),
                "ORDERS_HOST", "127.0.0.1",
                "ORDERS_PORT", "0",
                "OPS_PORT", "0",
                "ORDERS_DRAIN_SECONDS", "2",
                "ORDERS_SECRETS", secrets.toString(),
                "ORDERS_BACKUPS", folder.resolve("backups").toString()));
  }

  @AfterEach
  void stopPostgres() {
    postgres.close();
  }

  @Test
  void aKilledDatabaseIsNoticedAndSoIsItsReturn() throws Exception {
    outage("REFUSED", postgres::kill, postgres::restart);
  }

  @Test
  void aFrozenDatabaseIsNoticedAndSoIsItsReturn() throws Exception {
    outage("TIMEOUT", postgres::freeze, postgres::thaw);
  }

  private void outage(String cause, Runnable begin, Runnable end) throws Exception {
    try (ServiceProcess service = ServiceProcess.start(folder, environment);
        Traffic traffic = traffic(service)) {
      long before = System.nanoTime();
      traffic.await(Traffic.READY, before, START, sample -> sample.status() == 200);
      traffic.await(Traffic.ORDERS, before, START, sample -> sample.status() == 201);

      long gone = System.nanoTime();
      begin.run();
      Sample noticed =
          traffic.await(
              Traffic.READY,
              gone,
              OrdersService.DATABASE_DETECTION_BOUND,
              sample -> sample.status() == 503);
      traffic.await(
          Traffic.READY, gone, START, sample -> sample.body().contains("\"" + cause + "\""));
      traffic.await(Traffic.ORDERS, noticed.endNanos(), START, sample -> sample.status() == 503);
      long ending = System.nanoTime();
      end.run();
      long back = System.nanoTime();
      Sample ready =
          traffic.await(
              Traffic.READY,
              back,
              OrdersService.DATABASE_RECOVERY_BOUND,
              sample -> sample.status() == 200);
      traffic.await(Traffic.ORDERS, back, START, sample -> sample.status() == 201);
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
      Duration order = slowest(traffic.of(Traffic.ORDERS));
      Duration probe = slowest(traffic.probes());
      assertTrue(order.compareTo(OrdersService.ANSWER_BOUND) <= 0, order::toString);
      assertTrue(probe.compareTo(PROBE_BOUND) <= 0, probe::toString);
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void askedToEndWhileOrdersComeInItEndsAlsoWithAFrozenDatabase(boolean frozen) throws Exception {
    try (ServiceProcess service = ServiceProcess.start(folder, environment);
        Traffic traffic = traffic(service)) {
      traffic.await(Traffic.ORDERS, System.nanoTime(), START, sample -> sample.status() == 201);
      if (frozen) {
        postgres.freeze();
      }
      long asked = System.nanoTime();
      service.terminate();
      assertEquals(143, service.awaitExit(END_BOUND), "as the shell says of SIGTERM");
      System.out.printf(
          "ended after %d ms, database frozen: %s%n",
          (System.nanoTime() - asked) / 1_000_000, frozen);
    }
  }

  @Test
  void slowClientsAreCutOffAndKeepNoProbeWaiting() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (ServiceProcess service = ServiceProcess.start(folder, environment);
        Traffic traffic = traffic(service)) {
      traffic.await(Traffic.ORDERS, System.nanoTime(), START, sample -> sample.status() == 201);
      int port = Integer.parseInt(service.awaitLine(UP, START).group(1));
      for (int i = 0; i < 200; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        clients.add(client);
        client
            .getOutputStream()
            .write("POST /orders HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      }
      long begun = System.nanoTime();
      traffic.await(Traffic.ORDERS, begun, START, sample -> sample.status() != 201);
      Sample served =
          traffic.await(
              Traffic.ORDERS,
              begun + Duration.ofSeconds(5).toNanos(),
              SLOW_CLIENTS_BOUND,
              sample -> sample.status() == 201);
      traffic.end();
      assertTrue(millis(begun, served) <= SLOW_CLIENTS_BOUND.toMillis(), served::toString);
      assertOnly(List.of(200), traffic.of(Traffic.HEALTH));
      Duration probe = slowest(traffic.probes());
      assertTrue(probe.compareTo(PROBE_BOUND) <= 0, probe::toString);
      System.out.printf(
          "200 slow clients: orders again after %d ms, slowest probe %d ms%n",
          millis(begun, served), probe.toMillis());
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aManagementPortThatIsTakenEndsTheStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("OPS_PORT", Integer.toString(taken.getLocalPort()));
      try (ServiceProcess service = ServiceProcess.start(folder, environment)) {
        assertNotEquals(0, service.awaitExit(START));
        assertTrue(
            service.lines().stream()
                .anyMatch(
                    line -> line.contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())),
            () -> String.join("\n", service.lines()));
      }
    }
  }

  private static Traffic traffic(ServiceProcess service) throws InterruptedException {
    Matcher up = service.awaitLine(UP, START);
    return new Traffic(Integer.parseInt(up.group(1)), Integer.parseInt(up.group(2)));
  }

  /** An order that was answered 201 is in the database, whatever happened to it since. */
  private void assertNothingThatWasConfirmedIsLost(Traffic traffic) throws SQLException {
    List<String> confirmed =
        traffic.of(Traffic.ORDERS).stream()
            .filter(sample -> sample.status() == 201)
            .map(sample -> sample.body().replaceFirst(".*\"id\":(\\d+).*", "$1"))
            .toList();
    try (Connection connection = postgres.connect("orders");
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

  private static Duration slowest(List<Sample> samples) {
    return samples.stream().map(Sample::took).max(Comparator.naturalOrder()).orElseThrow();
  }

  private static long millis(long since, Sample sample) {
    return (sample.endNanos() - since) / 1_000_000;
  }
}
