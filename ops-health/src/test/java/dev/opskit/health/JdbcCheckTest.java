package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcCheckTest {
  private static final Duration LEFT = Duration.ofMillis(1_200);

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(HealthCause.REFUSED, driver("08001", new ConnectException())),
        Arguments.of(HealthCause.REFUSED, pool("08001", driver("08001", new ConnectException()))),
        Arguments.of(HealthCause.DNS, driver("08001", new UnknownHostException("db"))),
        Arguments.of(HealthCause.TLS, driver("08006", new SSLHandshakeException("expired"))),
        Arguments.of(HealthCause.TIMEOUT, driver("08006", new SocketTimeoutException())),
        Arguments.of(HealthCause.TIMEOUT, new SQLTimeoutException("too slow")),
        // A frozen server: the pool closed a silent connection, and got no new one in time.
        Arguments.of(HealthCause.TIMEOUT, pool("08003", driver("08003", null))),
        Arguments.of(HealthCause.TIMEOUT, pool(null, null)),
        Arguments.of(HealthCause.TIMEOUT, hikari(8, 7)),
        Arguments.of(HealthCause.TIMEOUT, hikari(0, 0)),
        Arguments.of(HealthCause.POOL_EXHAUSTED, hikari(8, 8)),
        Arguments.of(HealthCause.POOL_EXHAUSTED, driver(null, new NoSuchElementException())),
        Arguments.of(HealthCause.AUTH, driver("28P01", null)),
        Arguments.of(HealthCause.AUTH, pool("28P01", driver("28P01", null))),
        Arguments.of(HealthCause.REFUSED, driver("08004", null)),
        Arguments.of(HealthCause.LOADING, driver("57P03", null)),
        Arguments.of(HealthCause.LOADING, pool("57P03", driver("57P03", null))),
        Arguments.of(HealthCause.POOL_EXHAUSTED, pool("53300", driver("53300", null))),
        Arguments.of(HealthCause.FAILED, pool("3D000", driver("3D000", null))),
        Arguments.of(HealthCause.FAILED, driver(null, null)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theCauseIsWhatTheFailureShows(HealthCause cause, SQLException failure) {
    DataSource dataSource =
        only(
            DataSource.class,
            "getConnection",
            arguments -> {
              throw failure;
            });
    HealthResult result = JdbcCheck.of(dataSource).check(() -> LEFT);
    assertEquals(HealthStatus.DOWN, result.status());
    assertEquals(cause, result.cause());
    String state = failure.getSQLState();
    assertEquals(
        state == null ? "no connection" : "no connection, SQL state " + state, result.message());
    assertFalse(result.message().contains("secret"), result.message());
  }

  @Test
  void theDriverHasNoLongerThanWhatIsLeft() {
    AtomicInteger seconds = new AtomicInteger();
    Connection connection =
        only(
            Connection.class,
            "isValid",
            arguments -> {
              seconds.set((int) arguments[0]);
              return false;
            });
    DataSource dataSource = only(DataSource.class, "getConnection", arguments -> connection);
    HealthResult result = JdbcCheck.of(dataSource).check(() -> LEFT);
    assertEquals(HealthCause.FAILED, result.cause());
    assertEquals(2, seconds.get(), "in whole seconds, rounded up as zero would mean for ever");
  }

  /** Spring Boot 4.1.2 asked with 0, which means to wait for ever. */
  @Test
  void theDriverIsNeverAskedToWaitForEver() {
    AtomicInteger seconds = new AtomicInteger();
    Connection connection =
        only(
            Connection.class,
            "isValid",
            arguments -> {
              seconds.set((int) arguments[0]);
              return true;
            });
    DataSource dataSource = only(DataSource.class, "getConnection", arguments -> connection);
    JdbcCheck check = JdbcCheck.of(dataSource);
    for (Duration left :
        List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(1L << 31))) {
      seconds.set(0);
      check.check(() -> left);
      assertTrue(seconds.get() > 0, () -> left + " became " + seconds);
    }
  }

  /**
   * Spring Boot 4.1.2 borrowed twice for each check, so that a check could take the last connection
   * from under itself; Xabaril's checks opened connections that nobody closed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"valid", "not valid", "fails"})
  void oneConnectionIsBorrowedAndGivenBackWhateverTheDriverSays(String driver) {
    AtomicInteger borrowed = new AtomicInteger();
    AtomicInteger givenBack = new AtomicInteger();
    InvocationHandler connection =
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "close":
              givenBack.incrementAndGet();
              return null;
            case "isValid":
              if (driver.equals("fails")) {
                throw new SQLException("cut");
              }
              return driver.equals("valid");
            default:
              throw new AssertionError("unexpected: " + method);
          }
        };
    DataSource dataSource =
        only(
            DataSource.class,
            "getConnection",
            arguments -> {
              borrowed.incrementAndGet();
              return Proxy.newProxyInstance(
                  Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, connection);
            });
    HealthStatus status = JdbcCheck.of(dataSource).check(() -> LEFT).status();
    assertEquals(driver.equals("valid") ? HealthStatus.UP : HealthStatus.DOWN, status);
    assertEquals(1, borrowed.get());
    assertEquals(1, givenBack.get());
  }

  private static SQLException driver(String state, Exception cause) {
    return new SQLException("FATAL: no entry for user secret", state, cause);
  }

  private static SQLException pool(String state, SQLException last) {
    return new SQLTransientConnectionException(
        "secret - Connection is not available, request timed out after 1000ms", state, last);
  }

  private static SQLException hikari(int total, int active) {
    return new SQLTransientConnectionException(
        "secret - Connection is not available, request timed out after 1000ms (total=%d, active=%d,"
                .formatted(total, active)
            + " idle=0, waiting=3)");
  }

  private interface Call {
    Object with(Object[] arguments) throws Exception;
  }

  /** Knows one method, and close; fails on any other. */
  private static <T> T only(Class<T> type, String name, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals(name)) {
                return call.with(arguments);
              }
              if (method.getName().equals("close")) {
                return null;
              }
              throw new AssertionError("unexpected: " + method);
            }));
  }
}
