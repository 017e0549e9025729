package dev.opskit.verification.integration.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.examples.orders.OrdersService;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database fails under a service that clients and probes keep asking. */
@Timeout(180)
class OutageIT {
  private static final int CLIENTS = 4;
  private static final Duration SLOWEST_ORDER = Duration.ofSeconds(8);
  private static final Duration SLOWEST_PROBE = Duration.ofSeconds(2);
  private static final byte[] ORDER =
      "{\"item\":\"kettle\",\"quantity\":1,\"amount\":30}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong slowestOrderNanos = new AtomicLong();
  private final AtomicLong slowestProbeNanos = new AtomicLong();
  private final AtomicInteger orders = new AtomicInteger();
  private final AtomicInteger deadProbes = new AtomicInteger();
  private final AtomicInteger probes = new AtomicInteger();
  private volatile boolean over;
  private LocalPostgres postgres;
  private Process service;
  private int port;
  private int managementPort;

  @BeforeEach
  void start() throws Exception {
    postgres = LocalPostgres.start(Files.createDirectory(folder.resolve("pg")));
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE orders");
    }
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Path secret =
        Files.createFile(
            secrets.resolve("database"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        secret,
        "{\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(postgres.user(), postgres.password()));
    port = freePort();
    managementPort = freePort();
    service =
        ServiceProcess.start(
            folder.resolve("service.txt"),
            Map.of(
                "ORDERS_DB_HOST", "127.0.0.1",
                "ORDERS_DB_PORT", Integer.toString(postgres.port()),
                "ORDERS_SECRETS", secrets.toString(),
                "ORDERS_BACKUPS", folder.resolve("backups").toString(),
                "ORDERS_HOST", "127.0.0.1",
                "ORDERS_PORT", Integer.toString(port),
                "OPS_PORT", Integer.toString(managementPort),
                "ORDERS_DRAIN_SECONDS", "0",
                "LOG_FOLDER", folder.resolve("logs").toString()));
    assertTrue(await(200, Duration.ofSeconds(60)) >= 0, "the service did not become ready");
    for (int i = 0; i < CLIENTS; i++) {
      threads.execute(this::order);
    }
    threads.execute(this::probe);
  }

  @AfterEach
  void stop() throws Exception {
    over = true;
    threads.shutdown();
    threads.awaitTermination(20, TimeUnit.SECONDS);
    service.destroy();
    if (!service.waitFor(20, TimeUnit.SECONDS)) {
      service.destroyForcibly();
    }
    postgres.close();
  }

  @Test
  void aDatabaseThatIsKilledAndStartedAgainIsNoticedBothTimesAndNoRequestHangs() throws Exception {
    postgres.kill();
    double down = await(503, OrdersService.DATABASE_DETECTION_BOUND);
    postgres.restart();
    double up = await(200, OrdersService.DATABASE_RECOVERY_BOUND);
    judge("killed", down, up);
  }

  @Test
  void aDatabaseThatFreezesAndGoesOnIsNoticedBothTimesAndNoRequestHangs() throws Exception {
    postgres.freeze();
    double down = await(503, OrdersService.DATABASE_DETECTION_BOUND);
    postgres.thaw();
    double up = await(200, OrdersService.DATABASE_RECOVERY_BOUND);
    judge("frozen", down, up);
  }

  private void judge(String how, double down, double up) throws InterruptedException {
    over = true;
    threads.shutdown();
    assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS), "a request hangs");
    System.out.printf(
        "%s: 503 after %.1f s, 200 again after %.1f s; %d orders, the slowest %.1f s;"
            + " %d probes, the slowest %.0f ms%n",
        how,
        down,
        up,
        orders.get(),
        slowestOrderNanos.get() / 1e9,
        probes.get(),
        slowestProbeNanos.get() / 1e6);
    assertTrue(down >= 0, "/ready did not turn 503 in time");
    assertTrue(up >= 0, "/ready did not turn 200 in time");
    assertEquals(0, deadProbes.get(), "/health was not 200 each time");
    assertTrue(slowestOrderNanos.get() <= SLOWEST_ORDER.toNanos(), "an order took too long");
    assertTrue(slowestProbeNanos.get() <= SLOWEST_PROBE.toNanos(), "a probe took too long");
  }

  private void order() {
    while (!over) {
      long start = System.nanoTime();
      request(port, "/orders", ORDER);
      slowestOrderNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
      orders.incrementAndGet();
      pause();
    }
  }

  private void probe() {
    while (!over) {
      long start = System.nanoTime();
      if (request(managementPort, "/health", null) != 200) {
        deadProbes.incrementAndGet();
      }
      slowestProbeNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
      probes.incrementAndGet();
      pause();
    }
  }

  /** The seconds until /ready had that status, -1 if it did not within the bound. */
  private double await(int status, Duration bound) {
    long start = System.nanoTime();
    while (System.nanoTime() - start <= bound.toNanos()) {
      if (request(managementPort, "/ready", null) == status) {
        return (System.nanoTime() - start) / 1e9;
      }
      pause();
    }
    return -1;
  }

  private static int request(int port, String path, byte[] body) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(15_000);
      connection.setReadTimeout(15_000);
      if (body != null) {
        connection.setDoOutput(true);
        connection.getOutputStream().write(body);
      }
      return connection.getResponseCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
