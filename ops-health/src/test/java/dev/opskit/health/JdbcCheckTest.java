package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JdbcCheckTest {
  private final List<String> calls = new ArrayList<>();

  /** Knows the few calls that a check may make, and fails at any other. */
  private DataSource database(boolean valid, @Nullable SQLException refusal) {
    Connection connection =
        strict(
            Connection.class,
            (name, arguments) ->
                switch (name) {
                  case "isValid" -> valid;
                  case "close" -> null;
                  default -> throw new AssertionError(name);
                });
    return strict(
        DataSource.class,
        (name, arguments) -> {
          assertEquals("getConnection", name);
          if (refusal != null) {
            throw refusal;
          }
          return connection;
        });
  }

  private interface Answer {
    @Nullable Object to(String method, Object @Nullable [] arguments) throws SQLException;
  }

  private <T> T strict(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              calls.add(method.getName() + (arguments == null ? "" : List.of(arguments)));
              return answer.to(method.getName(), arguments);
            }));
  }

  private static HealthResult check(DataSource database, Duration remaining) {
    return JdbcCheck.of(database).check(() -> remaining);
  }

  @Test
  void borrowsOneConnectionAndGivesItBack() {
    HealthResult result = check(database(true, null), Duration.ofSeconds(2));
    assertEquals(HealthResult.up(), result);
    assertEquals(List.of("getConnection", "isValid[2]", "close"), calls);
  }

  @Test
  void neverAsksTheDriverToWaitForEver() {
    check(database(true, null), Duration.ZERO);
    check(database(true, null), Duration.ofMillis(1_001));
    assertEquals(
        List.of("isValid[1]", "isValid[2]"),
        calls.stream().filter(c -> c.startsWith("isValid")).toList());
  }

  @Test
  void aConnectionThatIsNotValidIsDownAndGivenBack() {
    HealthResult result = check(database(false, null), Duration.ofSeconds(1));
    assertEquals(HealthCause.FAILED, result.cause());
    assertEquals("close", calls.get(calls.size() - 1));
  }

  @Test
  void aFailureIsNamedByItsSqlStateAndNotByTheDriversText() {
    Map<String, HealthCause> causes =
        Map.of(
            "08001", HealthCause.REFUSED,
            "28P01", HealthCause.AUTH,
            "53300", HealthCause.FAILED);
    causes.forEach(
        (state, cause) -> {
          SQLException refusal = new SQLException("user app at db.internal", state);
          HealthResult result = check(database(true, refusal), Duration.ofSeconds(1));
          assertEquals(HealthResult.down(cause, "no connection, SQL state " + state), result);
        });
  }

  @Test
  void aFailureWithoutSqlStateSaysSo() {
    HealthResult result =
        check(database(true, new SQLException("db.internal")), Duration.ofSeconds(1));
    assertEquals(HealthResult.down(HealthCause.FAILED, "no connection"), result);
  }
}
