package dev.opskit.testkit.core.builtin;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.health.JdbcCheck;
import dev.opskit.testkit.core.HealthCheckContract;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** With a pool that knows the few calls that a check may make, and fails at any other. */
class JdbcCheckTest implements HealthCheckContract {
  private static final String PASSWORD = "correct-horse-battery";

  private interface Answer {
    Object to(String method, Object[] arguments) throws Exception;
  }

  private static <T> T strict(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  private static DataSource pool() {
    Semaphore free = new Semaphore(10);
    return strict(
        DataSource.class,
        (name, arguments) -> {
          if (!name.equals("getConnection") || !free.tryAcquire(1, TimeUnit.SECONDS)) {
            throw new SQLException(name + ": no connection is free");
          }
          return connection(free);
        });
  }

  private static Connection connection(Semaphore free) {
    return strict(
        Connection.class,
        (name, arguments) ->
            switch (name) {
              case "isValid" -> (int) arguments[0] > 0;
              case "close" -> {
                free.release();
                yield null;
              }
              default -> throw new AssertionError(name);
            });
  }

  @Override
  public HealthCheck working() {
    return JdbcCheck.of(pool());
  }

  @Override
  public HealthCheck broken() {
    return JdbcCheck.of(
        strict(
            DataSource.class,
            (name, arguments) -> {
              throw new SQLException("app:" + PASSWORD + "@db was rejected", "28P01");
            }));
  }

  @Override
  public List<String> secrets() {
    return List.of(PASSWORD);
  }
}
