package dev.opskit.examples.orders;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.jdbc.RotatingDataSource;
import java.time.Duration;
import java.util.Properties;

/**
 * The pools of the service. Every wait in them is bounded, so that neither an order nor a probe
 * hangs while PostgreSQL does. Each new connection is logged in with the password that is right
 * then, so that it can be rotated while the service runs.
 */
final class Database {
  /** The longest that anybody waits for a connection. */
  static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

  /** How long a new password is waited for when the old one is refused; below the one above. */
  private static final Duration ROTATION_BUDGET = Duration.ofMillis(800);

  private static final Duration VALIDATION_TIMEOUT = Duration.ofMillis(500);

  private final Settings.Database settings;
  private final RotatingSecret<DatabaseCredentials> login;

  Database(Settings.Database settings, RotatingSecret<DatabaseCredentials> login) {
    this.settings = settings;
    this.login = login;
  }

  String user() {
    return login.get().username();
  }

  char[] password() {
    return login.get().password().withChars(char[]::clone);
  }

  HikariDataSource orders() {
    return pool("orders", 8, Duration.ofSeconds(3));
  }

  private HikariDataSource pool(String name, int size, Duration longestStatement) {
    Properties bounds = new Properties();
    bounds.setProperty("connectTimeout", "1");
    bounds.setProperty("loginTimeout", "1");
    bounds.setProperty("socketTimeout", Long.toString(longestStatement.toSeconds()));
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(RotatingDataSource.of(settings.jdbcUrl(), bounds, login, ROTATION_BUDGET));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    config.setValidationTimeout(VALIDATION_TIMEOUT.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
