package dev.opskit.examples.orders;

import dev.opskit.examples.orders.postgres.LocalPostgres;
import dev.opskit.testkit.rules.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The service on a PostgreSQL of its own, started as its deployment would. Closed by its user. */
record LocalOrders(LocalPostgres postgres, OrdersService service) implements AutoCloseable {
  static LocalOrders start(Path folder) throws IOException, SQLException {
    LocalPostgres postgres = LocalPostgres.start(Files.createDirectories(folder.resolve("pg")));
    try {
      try (Connection connection = postgres.connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE orders");
      }
      return new LocalOrders(postgres, OrdersService.start(settings(folder, postgres)));
    } catch (Throwable e) {
      postgres.close();
      throw e;
    }
  }

  private static Settings settings(Path folder, LocalPostgres postgres) throws IOException {
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Path secret = Files.createFile(secrets.resolve("database"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        secret,
        "{\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(postgres.user(), postgres.password()));
    Map<String, String> environment = new HashMap<>();
    environment.put("ORDERS_HOST", "127.0.0.1");
    environment.put("ORDERS_PORT", "0");
    environment.put("OPS_PORT", "0");
    environment.put("ORDERS_DB_HOST", "127.0.0.1");
    environment.put("ORDERS_DB_PORT", Integer.toString(postgres.port()));
    environment.put("ORDERS_SECRETS", secrets.toString());
    environment.put("ORDERS_BACKUPS", folder.resolve("backups").toString());
    return Objects.requireNonNull(Settings.from(environment));
  }

  /** By the ports of the image, and with the drain of the settings. */
  RunningService running() {
    Settings deployed = Objects.requireNonNull(Settings.from(Map.of("ORDERS_DB_HOST", "postgres")));
    return RunningService.of(() -> {})
        .serving(deployed.port(), service.port())
        .serving(deployed.managementPort(), service.managementPort())
        .health(service.health())
        .drain(deployed.drain());
  }

  @Override
  public void close() {
    service.close();
    postgres.close();
  }
}
