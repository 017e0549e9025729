package dev.opskit.examples.orders;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.backup.BackupFreshnessCheck;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.backup.postgres.PostgresServer;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.health.DependencyScope;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RouteTemplates;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import dev.opskit.core.time.TimeSource;
import dev.opskit.health.Drain;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import dev.opskit.health.JdbcCheck;
import dev.opskit.logging.AccessLog;
import dev.opskit.logging.LogLevelEndpoints;
import dev.opskit.logging.LogLevels;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.alert.AlertmanagerSink;
import dev.opskit.metrics.alert.FanOutSink;
import dev.opskit.metrics.alert.LogSink;
import dev.opskit.metrics.bind.AlertMetrics;
import dev.opskit.metrics.bind.BackupMetrics;
import dev.opskit.metrics.bind.HealthMetrics;
import dev.opskit.metrics.bind.SecretsMetrics;
import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reference service: what a team writes to have all of opskit. Thread-safe; whoever starts it
 * closes it.
 */
public final class OrdersService implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(OrdersService.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
  private static final Duration CHECK_TIMEOUT = Duration.ofMillis(1_500);
  private static final Duration START_PATIENCE = Duration.ofSeconds(10);
  private static final int HTTP_THREADS = 16;
  private static final int HTTP_QUEUE = 64;

  /** {@code /ready} is 503 at the latest this long after the database stopped answering. */
  public static final Duration DATABASE_DETECTION_BOUND =
      CHECK_INTERVAL.plus(CHECK_TIMEOUT).plusMillis(500);

  /** {@code /ready} is 200 at the latest this long after the database answers again. */
  public static final Duration DATABASE_RECOVERY_BOUND = Duration.ofSeconds(10);

  /**
   * An order is answered at the latest this long after a thread took it up, whatever the database
   * does: a wait for a connection, with one that has to be found dead, and one statement.
   */
  public static final Duration ANSWER_BOUND = Duration.ofSeconds(5);

  /** The newest backup may be this old: a day, and two hours for the backup itself. */
  static final Duration BACKUP_MAX_AGE = Duration.ofHours(26);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicInteger threadCount = new AtomicInteger();
  private final OpsRoutes management;
  private final HttpServer orders;
  private final JdkOpsServer ops;
  private final BackupService backups;
  private final Health health;
  private final Drain drain;

  private OrdersService(Settings settings, Duration patience) throws IOException, SQLException {
    try {
      OpsSecrets secrets =
          opened(OpsSecrets.builder().provider(MountedFileProvider.of(settings.secrets())).build());
      SecretRef databaseSecret = SecretRef.of(settings.databaseSecret());
      Database database =
          new Database(
              settings.database(),
              secrets.rotating(databaseSecret, SecretType.databaseCredentials()));
      HikariDataSource pool = opened(database.orders());
      OrderStore store = new OrderStore(pool);
      awaitSchema(store, patience);

      OpsMetrics metrics = opened(OpsMetrics.builder().build());
      opened(SecretsMetrics.bind(secrets, metrics, databaseSecret));
      AlertSink alerts = alerts(settings, metrics);
      backups = opened(backups(settings, database, alerts));
      opened(BackupMetrics.bind(backups, metrics));
      health =
          opened(
              Health.builder()
                  .version(settings.version())
                  .alerts(alerts)
                  .check(
                      "database",
                      JdbcCheck.of(pool),
                      check ->
                          check
                              .interval(CHECK_INTERVAL)
                              .timeout(CHECK_TIMEOUT)
                              .scope(DependencyScope.PRIVATE))
                  .check("backup", BackupFreshnessCheck.of(backups, BACKUP_MAX_AGE))
                  .start());
      opened(HealthMetrics.bind(health, metrics));
      drain = health.drain();
      management =
          HealthEndpoints.of(health, OrdersService::isFromThisMachine)
              .and(metrics.endpoints())
              .and(
                  LogLevelEndpoints.of(
                      opened(LogLevels.builder().build()), OrdersService::isFromThisMachine));
      orders = serve(settings, new OrdersHandler(new Checkout(metrics, store), store), metrics);
      ops =
          opened(
              JdkOpsServer.builder()
                  .host(settings.managementHost())
                  .port(settings.managementPort())
                  .mount(management)
                  .start());
    } catch (Throwable e) {
      // Nobody gets to see this service, so nobody else can close what is open by now.
      close();
      throw e;
    }
  }

  /**
   * Starts the service.
   *
   * @param settings what is different from one deployment to the next
   * @return the running service
   * @throws IOException if the orders port cannot be bound; of the management port, an {@link
   *     java.io.UncheckedIOException}
   * @throws SQLException if the database refuses, or is not there within ten seconds
   */
  public static OrdersService start(Settings settings) throws IOException, SQLException {
    return start(settings, START_PATIENCE);
  }

  static OrdersService start(Settings settings, Duration patience)
      throws IOException, SQLException {
    OrdersService service = new OrdersService(settings, patience);
    logger
        .atInfo()
        .addKeyValue("port", service.port())
        .addKeyValue("managementPort", service.managementPort())
        .log("orders-service is up");
    return service;
  }

  /** The database may be starting, too; and in a fresh JVM the first connection takes its time. */
  private static void awaitSchema(OrderStore store, Duration patience) throws SQLException {
    TimeSource time = TimeSource.system();
    long start = time.nanoTime();
    while (true) {
      try {
        store.createSchema();
        return;
      } catch (SQLTransientConnectionException notYet) {
        // The pool has waited already.
        if (time.nanoTime() - start > patience.toNanos()) {
          throw notYet;
        }
      }
    }
  }

  /** In the log always, and where people are woken if there is such a place. */
  private AlertSink alerts(Settings settings, OpsMetrics metrics) {
    LogSink log = new LogSink();
    if (settings.alertmanagers().isEmpty()) {
      AlertMetrics.bind(metrics, log);
      return log;
    }
    AlertmanagerSink alertmanager =
        opened(
            AlertmanagerSink.to(settings.alertmanagers().toArray(URI[]::new))
                .label("service", "orders")
                .build());
    AlertMetrics.bind(metrics, log, alertmanager);
    return FanOutSink.to(log, alertmanager);
  }

  static BackupService backups(Settings settings, Database database, AlertSink alerts) {
    PostgresServer server =
        new PostgresServer(
            settings.database().host(),
            settings.database().port(),
            settings.database().name(),
            database.user());
    return BackupService.builder("orders")
        .strategy(PostgresBackup.of(server, database::password))
        .store(FileSystemBackupStore.at(settings.backups()))
        .alerts(alerts)
        .build();
  }

  private HttpServer serve(Settings settings, OrdersHandler handler, OpsMetrics metrics)
      throws IOException {
    RouteTemplates routes = RouteTemplates.of("/orders", "/orders/{id}");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 0);
    // What finds the queue full has its connection closed at once: better refused than too late.
    ExecutorService threads =
        new ThreadPoolExecutor(
            HTTP_THREADS,
            HTTP_THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(HTTP_QUEUE),
            task -> new Thread(task, "orders-http-" + threadCount.incrementAndGet()));
    opened.push(threads::shutdownNow);
    opened.push(() -> server.stop(0));
    server.setExecutor(threads);
    HttpContext context = server.createContext("/orders", handler);
    context
        .getFilters()
        .add(JdkRequestFilter.of(routes, drain.requests(), metrics.http(routes), new AccessLog()));
    server.start();
    return server;
  }

  /**
   * Where orders are taken.
   *
   * @return the port that is bound
   */
  public int port() {
    return orders.getAddress().getPort();
  }

  /**
   * Where probes and scrapes are answered.
   *
   * @return the port that is bound
   */
  public int managementPort() {
    return ops.port();
  }

  /**
   * What is answered there.
   *
   * @return the paths
   */
  public List<String> managementPaths() {
    return List.copyOf(management.paths());
  }

  /**
   * The checks behind the probes.
   *
   * @return closed with this service
   */
  public Health health() {
    return health;
  }

  /**
   * The backups of the orders.
   *
   * @return closed with this service
   */
  public BackupService backups() {
    return backups;
  }

  /**
   * Closes this service when the JVM shuts down: {@code /ready} is 503 at once, orders are taken
   * until the load balancer has noticed, and those that are being handled come to their end.
   *
   * @param balancer how long the load balancer may take, 0 or more
   */
  public void closeOnShutdown(Duration balancer) {
    drain.onShutdown(balancer, this);
  }

  /** What a check says and how much is logged is for people who are on this machine. */
  private static boolean isFromThisMachine(OpsRequest request) {
    return request.remote() != null && request.remote().isLoopbackAddress();
  }

  /** Stops taking orders and closes what was opened, the latest first. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        logger.warn("a part of the service could not be closed", e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }
}
