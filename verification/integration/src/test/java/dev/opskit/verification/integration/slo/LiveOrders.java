package dev.opskit.verification.integration.slo;

import dev.opskit.examples.orders.OrdersService;
import dev.opskit.examples.orders.Settings;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The reference service on a PostgreSQL of its own. Whoever starts it closes it. */
final class LiveOrders implements AutoCloseable {
  /** What it can sell, and what its payment provider fails at. */
  static final String TEAPOT = "teapot";

  static final String GIFT_CARD = "gift card";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LocalPostgres postgres;
  private final OrdersService service;

  private LiveOrders(LocalPostgres postgres, OrdersService service) {
    this.postgres = postgres;
    this.service = service;
  }

  static LiveOrders start(Path folder) throws Exception {
    LocalPostgres postgres = LocalPostgres.start(Files.createDirectories(folder.resolve("pg")));
    try {
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
      return new LiveOrders(
          postgres,
          OrdersService.start(
              new Settings(
                  "127.0.0.1",
                  0,
                  "127.0.0.1",
                  0,
                  new Settings.Database("127.0.0.1", postgres.port(), "orders"),
                  secrets,
                  "database",
                  folder.resolve("backups"),
                  "1",
                  Duration.ZERO,
                  List.of())));
    } catch (Throwable e) {
      postgres.close();
      throw e;
    }
  }

  /** The status of the answer. */
  int order(String item) throws IOException, InterruptedException {
    String order = "{\"item\":\"" + item + "\",\"quantity\":1,\"amount\":9.5}";
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/orders"))
                .POST(BodyPublishers.ofString(order))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  String page() throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort() + "/metrics"))
                .build(),
            BodyHandlers.ofString())
        .body();
  }

  int managementPort() {
    return service.managementPort();
  }

  @Override
  public void close() {
    service.close();
    postgres.close();
  }
}
