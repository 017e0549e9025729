package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database answers: borrows one connection and asks the driver if it is valid.
 * Thread-safe.
 *
 * <p>Waiting for the connection is bounded by the data source, so give a pool a connection timeout
 * shorter than the check's. A pool all of whose connections are in use is {@link
 * HealthCause#POOL_EXHAUSTED}: load, or statements that hang, which cannot be told apart from here;
 * so is a server that takes no more connections. The message of a failure is the driver's SQL
 * state, not its text, which may name users and hosts.
 */
public final class JdbcCheck implements HealthCheck {
  private static final Pattern HIKARI = Pattern.compile("\\(total=(\\d+), active=(\\d+), idle=0");

  private final DataSource dataSource;

  private JdbcCheck(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * A check of a database.
   *
   * @param dataSource usually the service's pool; stays the caller's to close
   * @return the check
   */
  public static JdbcCheck of(DataSource dataSource) {
    return new JdbcCheck(dataSource);
  }

  @Override
  public HealthResult check(CheckContext context) {
    try (Connection connection = dataSource.getConnection()) {
      // isValid(0) means to wait for ever, so a part of a second counts as a whole one.
      long seconds = Math.max(1, (context.remaining().toMillis() + 999) / 1000);
      return connection.isValid((int) Math.min(seconds, Integer.MAX_VALUE))
          ? HealthResult.up()
          : HealthResult.down(HealthCause.FAILED, "the connection is not valid");
    } catch (SQLException e) {
      String state = e.getSQLState();
      return HealthResult.down(
          cause(e), state == null ? "no connection" : "no connection, SQL state " + state);
    }
  }

  /**
   * What the network said is the most exact, then what only a server that answers says. A pool
   * whose wait was in vain may pass on the state of some connection it had before, which says
   * nothing of now; that it waited in vain does.
   */
  private static HealthCause cause(SQLException e) {
    HealthCause network = ConnectionFailures.cause(e);
    if (network != null) {
      return network;
    }
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    HealthCause server = saidByServer(state);
    if (server != null) {
      return server;
    }
    if (isPoolExhausted(e)) {
      return HealthCause.POOL_EXHAUSTED;
    }
    if (e instanceof SQLTransientConnectionException || e instanceof SQLTimeoutException) {
      return HealthCause.TIMEOUT;
    }
    return state.startsWith("08") ? HealthCause.REFUSED : HealthCause.FAILED;
  }

  /** By the SQL standard's classes, and two states of PostgreSQL's that tell more than theirs. */
  private static @Nullable HealthCause saidByServer(String state) {
    return switch (state) {
      case "57P03" -> HealthCause.LOADING;
      case "53300" -> HealthCause.POOL_EXHAUSTED;
      default ->
          switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "28" -> HealthCause.AUTH;
            case "3D" -> HealthCause.FAILED;
            default -> null;
          };
    };
  }

  /**
   * HikariCP says so only in its text, DBCP by the kind of the cause, Tomcat by the kind of the
   * exception.
   */
  private static boolean isPoolExhausted(SQLException e) {
    Matcher hikari = HIKARI.matcher(String.valueOf(e.getMessage()));
    return hikari.find() && hikari.group(1).equals(hikari.group(2)) && !hikari.group(1).equals("0")
        || e.getCause() instanceof NoSuchElementException
        || e.getClass().getSimpleName().equals("PoolExhaustedException");
  }
}
