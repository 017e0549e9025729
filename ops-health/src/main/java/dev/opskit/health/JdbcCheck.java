package dev.opskit.health;

import dev.opskit.core.health.CheckContext;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a database answers: borrows one connection and asks the driver if it is valid.
 * Thread-safe.
 *
 * <p>Waiting for the connection is bounded by the data source, so give a pool a connection timeout
 * shorter than the check's. The message of a failure is the driver's SQL state, not its text, which
 * may name users and hosts.
 */
public final class JdbcCheck implements HealthCheck {
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
          cause(state), state == null ? "no connection" : "no connection, SQL state " + state);
    }
  }

  /** By the SQL standard's class codes: 08 connection, 28 authorisation. */
  private static HealthCause cause(@Nullable String state) {
    if (state != null && state.startsWith("08")) {
      return HealthCause.REFUSED;
    }
    return state != null && state.startsWith("28") ? HealthCause.AUTH : HealthCause.FAILED;
  }
}
