package dev.opskit.examples.orders;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is different from one deployment to the next. None of it is a secret: the database's user
 * and password come from a file in the secrets folder.
 *
 * @param host where to take orders, default all addresses
 * @param port default 8080; 0 for any free one
 * @param managementHost where to answer probes and scrapes, default loopback only
 * @param managementPort default 9000; 0 for any free one
 * @param database where PostgreSQL is
 * @param secrets the folder that secrets are mounted in
 * @param databaseSecret the file in it that holds {@code {"username":…,"password":…}}
 * @param backups the folder that backups go to
 * @param version the version of the service
 * @param drain how long a load balancer gets to notice a shutdown, default 10 s
 * @param alertmanagers who is told of alerts beside the log, default nobody
 */
public record Settings(
    String host,
    int port,
    String managementHost,
    int managementPort,
    Database database,
    Path secrets,
    String databaseSecret,
    Path backups,
    String version,
    Duration drain,
    List<URI> alertmanagers) {

  /**
   * Where PostgreSQL is.
   *
   * @param host its name or address
   * @param port its port
   * @param name the database
   */
  public record Database(String host, int port, String name) {
    String jdbcUrl() {
      return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }
  }

  /**
   * The settings of a deployment.
   *
   * @return null if {@code ORDERS_DB_HOST} is not set: there is nothing to connect to
   */
  static @Nullable Settings from(Map<String, String> environment) {
    String databaseHost = environment.get("ORDERS_DB_HOST");
    if (databaseHost == null) {
      return null;
    }
    return new Settings(
        environment.getOrDefault("ORDERS_HOST", "0.0.0.0"),
        port(environment, "ORDERS_PORT", 8080),
        environment.getOrDefault("OPS_HOST", "127.0.0.1"),
        port(environment, "OPS_PORT", 9000),
        new Database(
            databaseHost,
            port(environment, "ORDERS_DB_PORT", 5432),
            environment.getOrDefault("ORDERS_DB_NAME", "orders")),
        Path.of(environment.getOrDefault("ORDERS_SECRETS", "/run/secrets/orders")),
        environment.getOrDefault("ORDERS_DB_SECRET_FILE", "database"),
        Path.of(environment.getOrDefault("ORDERS_BACKUPS", "backups")),
        environment.getOrDefault("ORDERS_VERSION", "0.1.0"),
        Duration.ofSeconds(number(environment, "ORDERS_DRAIN_SECONDS", 10, 3_600)),
        addresses(environment.getOrDefault("ORDERS_ALERTMANAGERS", "")));
  }

  private static List<URI> addresses(String commaSeparated) {
    return Stream.of(commaSeparated.split(","))
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .map(URI::create)
        .toList();
  }

  private static int port(Map<String, String> environment, String name, int otherwise) {
    return number(environment, name, otherwise, 65_535);
  }

  private static int number(Map<String, String> environment, String name, int otherwise, int most) {
    String value = environment.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > most) {
      throw new IllegalArgumentException(name + " is '" + value + "', must be 0 to " + most);
    }
    return Integer.parseInt(value);
  }
}
