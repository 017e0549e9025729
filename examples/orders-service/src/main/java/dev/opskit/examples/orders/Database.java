package dev.opskit.examples.orders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretRef;
import java.time.Duration;

/**
 * The pools of the service. Every wait in them is bounded, so that neither an order nor a probe
 * hangs while PostgreSQL does. User and password are asked for with each new connection.
 */
final class Database {
  /** The longest that anybody waits for a connection. */
  static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

  private static final Duration VALIDATION_TIMEOUT = Duration.ofMillis(500);

  private final Settings.Database settings;
  private final OpsSecrets secrets;
  private final SecretRef secret;

  Database(Settings.Database settings, OpsSecrets secrets, SecretRef secret) {
    this.settings = settings;
    this.secrets = secrets;
    this.secret = secret;
  }

  String user() {
    try (DatabaseCredentials credentials = secrets.databaseCredentials(secret)) {
      return credentials.username();
    }
  }

  char[] password() {
    try (DatabaseCredentials credentials = secrets.databaseCredentials(secret)) {
      return credentials.password().withChars(char[]::clone);
    }
  }

  HikariDataSource orders() {
    return pool("orders", 8, Duration.ofSeconds(3));
  }

  private HikariDataSource pool(String name, int size, Duration longestStatement) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.jdbcUrl());
    config.setCredentialsProvider(this::credentials);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", "1");
    config.addDataSourceProperty("loginTimeout", "1");
    config.addDataSourceProperty("socketTimeout", Long.toString(longestStatement.toSeconds()));
    return new HikariDataSource(config);
  }

  private Credentials credentials() {
    try (DatabaseCredentials credentials = secrets.databaseCredentials(secret)) {
      return Credentials.of(
          credentials.username(), credentials.password().reveal("the pool wants a string"));
    }
  }
}
