package dev.opskit.verification.integration.service;

import dev.opskit.examples.orders.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the reference service is given where it runs: a PostgreSQL, a mounted secret, and settings
 * in its environment. Confined to one thread; whoever makes it closes it.
 */
final class Deployment implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(40);

  /** A probe reads what is known; on a busy machine it may have to wait for its turn. */
  static final Duration PROBE_BOUND = Duration.ofSeconds(2);

  static final Pattern UP =
      Pattern.compile("\"orders-service is up\",\"port\":(\\d+),\"managementPort\":(\\d+)");

  private final Path folder;
  private final LocalPostgres postgres;
  private final Map<String, String> environment;

  private Deployment(Path folder, LocalPostgres postgres, Map<String, String> environment) {
    this.folder = folder;
    this.postgres = postgres;
    this.environment = environment;
  }

  static Deployment in(Path folder) throws IOException, SQLException {
    LocalPostgres postgres = LocalPostgres.start(Files.createDirectories(folder.resolve("pg")));
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
    Map<String, String> environment = new HashMap<>();
    environment.put("ORDERS_DB_HOST", "127.0.0.1");
    environment.put("ORDERS_DB_PORT", Integer.toString(postgres.port()));
    environment.put("ORDERS_HOST", "127.0.0.1");
    environment.put("ORDERS_PORT", "0");
    environment.put("OPS_PORT", "0");
    environment.put("ORDERS_DRAIN_SECONDS", "2");
    environment.put("ORDERS_SECRETS", secrets.toString());
    environment.put("ORDERS_BACKUPS", folder.resolve("backups").toString());
    return new Deployment(folder, postgres, environment);
  }

  LocalPostgres postgres() {
    return postgres;
  }

  Deployment with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** One of several, in a folder of its own. */
  ServiceProcess start(String name) throws IOException {
    return ServiceProcess.start(Files.createDirectories(folder.resolve(name)), environment);
  }

  ServiceProcess start() {
    return ServiceProcess.start(folder, environment);
  }

  static Traffic traffic(ServiceProcess service) throws InterruptedException {
    Matcher up = service.awaitLine(UP, START);
    return new Traffic(Integer.parseInt(up.group(1)), Integer.parseInt(up.group(2)));
  }

  @Override
  public void close() {
    postgres.close();
  }
}
