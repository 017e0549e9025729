package dev.opskit.secrets.jdbc;

import dev.opskit.secrets.DatabaseCredentials;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections with the password that is right now. Give it to any pool as its data source,
 * and give the pool neither a user nor a password. Thread-safe; there is nothing to close, and it
 * ends with the secrets.
 *
 * <p>When the database refuses a login (SQLState 28…, anywhere in what the driver threw), the
 * version is marked and never tried again by any thread, the store is asked once for all who wait,
 * and the new version is tried, then once the pending one; else a new version is waited for. Logins
 * take turns, so that each version fails at most once in this process. Connections that are open
 * are left alone.
 */
public final class RotatingDataSource implements DataSource {
  private final RotatingSecret<DatabaseCredentials> secret;
  private final Opener opener;
  private final Duration budget;

  private RotatingDataSource(
      RotatingSecret<DatabaseCredentials> secret, Opener opener, Duration budget) {
    this.secret = secret;
    this.opener = opener;
    this.budget = budget;
  }

  /**
   * Connections of a driver that {@link DriverManager} knows, with a wait of up to 5 s for another
   * version.
   *
   * @param url without a user and a password
   * @param secret the user and the password
   * @return the data source
   */
  public static RotatingDataSource of(String url, RotatingSecret<DatabaseCredentials> secret) {
    return of(url, new Properties(), secret, Duration.ofSeconds(5));
  }

  /**
   * Connections of a driver that {@link DriverManager} knows.
   *
   * @param url without a user and a password
   * @param properties for the driver, for example its timeouts; copied
   * @param secret the user and the password
   * @param budget how long one {@link #getConnection()} may wait for its turn, and in all for
   *     another version; 0 or more, and below the pool's connection timeout
   * @return the data source
   * @throws IllegalArgumentException if the budget is negative
   */
  public static RotatingDataSource of(
      String url,
      Properties properties,
      RotatingSecret<DatabaseCredentials> secret,
      Duration budget) {
    Objects.requireNonNull(url, "url");
    Properties copy = new Properties();
    properties
        .stringPropertyNames()
        .forEach(name -> copy.setProperty(name, properties.getProperty(name)));
    return of((user, password) -> open(url, copy, user, password), secret, budget);
  }

  /**
   * Connections of another data source.
   *
   * @param opener for example {@code dataSource::getConnection}
   * @param secret the user and the password
   * @param budget as above
   * @return the data source
   * @throws IllegalArgumentException if the budget is negative
   */
  public static RotatingDataSource of(
      Opener opener, RotatingSecret<DatabaseCredentials> secret, Duration budget) {
    if (budget.isNegative()) {
      throw new IllegalArgumentException("budget is " + budget + ", must be 0 or more");
    }
    return new RotatingDataSource(
        Objects.requireNonNull(secret, "secret"), Objects.requireNonNull(opener, "opener"), budget);
  }

  /** Opens one connection. Called by one thread at a time. */
  @FunctionalInterface
  public interface Opener {

    /**
     * Logs in.
     *
     * @param user the user
     * @param password a String, as drivers take nothing else
     * @return an open connection
     * @throws SQLException whatever goes wrong
     */
    Connection open(String user, String password) throws SQLException;
  }

  private static Connection open(String url, Properties properties, String user, String password)
      throws SQLException {
    Properties login = new Properties();
    login.putAll(properties);
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(url, login);
  }

  /**
   * Logs in.
   *
   * @return an open connection, the caller's to close
   * @throws SQLInvalidAuthorizationSpecException if no version that has not been refused was to be
   *     had within the budget, and this call has tried none
   * @throws SQLTransientConnectionException if the secret is not to be had; its cause says why
   * @throws SQLException what the driver threw
   */
  @Override
  public Connection getConnection() throws SQLException {
    try {
      return secret.<Connection, SQLException>logIn(
          version ->
              opener.open(
                  version.value().username(),
                  version.value().password().reveal("a driver takes nothing but a String")),
          AuthenticationFailures::contains,
          budget);
    } catch (SecretException.Rejected e) {
      throw new SQLInvalidAuthorizationSpecException(e.getMessage(), "28000", e);
    } catch (SecretException e) {
      throw new SQLTransientConnectionException(e.getMessage(), "08001", e);
    }
  }

  /** Refused: the secret is where they come from. */
  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException(
        "user and password come from the secret '"
            + secret.ref().id()
            + "': give the pool neither");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  /** Does nothing. */
  @Override
  public void setLogWriter(PrintWriter out) {}

  /** Does nothing: what a login may take, the driver is told in its properties. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs by slf4j");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("is no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  /** Which secret, never its value. */
  @Override
  public String toString() {
    return "RotatingDataSource[" + secret.ref().id() + "]";
  }
}
