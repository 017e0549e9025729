package dev.opskit.verification.integration.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import dev.opskit.health.JdbcCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private LocalPostgres postgres;

  @BeforeAll
  void start(@TempDir Path folder) {
    postgres = LocalPostgres.start(folder);
  }

  @AfterAll
  void stop() {
    postgres.close();
  }

  private static HealthResult find(HikariDataSource pool) {
    return JdbcCheck.of(pool).check(() -> Duration.ofSeconds(2));
  }

  /** An evicted connection is only noticed when it is borrowed, so the first look may differ. */
  private static void awaitCause(HikariDataSource pool, HealthCause cause) throws Exception {
    HealthResult[] last = new HealthResult[1];
    Await.until(
        LIMIT,
        () -> "wanted " + cause + ", was " + last[0],
        () -> {
          last[0] = find(pool);
          return last[0].cause() == cause;
        });
  }

  @Test
  void aPoolAllOfWhoseConnectionsAreInUseIsExhaustedUntilOneIsBack() throws Exception {
    try (HikariDataSource pool = Pools.of(postgres, 3)) {
      List<Connection> borrowed = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        borrowed.add(pool.getConnection());
      }
      assertEquals(HealthCause.POOL_EXHAUSTED, find(pool).cause());
      for (Connection connection : borrowed) {
        connection.close();
      }
      assertEquals(HealthStatus.UP, find(pool).status());
    }
  }

  @Test
  void aServerThatIsKilledIsRefusedAndUpWhenItIsBack() throws Exception {
    try (HikariDataSource pool = Pools.of(postgres, 3)) {
      assertEquals(HealthStatus.UP, find(pool).status());
      postgres.kill();
      try {
        awaitCause(pool, HealthCause.REFUSED);
        for (int i = 0; i < 5; i++) {
          assertEquals(HealthCause.REFUSED, find(pool).cause(), "it does not waver");
        }
      } finally {
        postgres.restart();
      }
      Await.until(LIMIT, () -> "down: " + find(pool), () -> find(pool).cause() == null);
    }
  }

  @Test
  void aFrozenServerIsATimeoutAndUpWhenItThaws() throws Exception {
    try (HikariDataSource pool = Pools.of(postgres, 3)) {
      assertEquals(HealthStatus.UP, find(pool).status());
      postgres.freeze();
      try {
        awaitCause(pool, HealthCause.TIMEOUT);
      } finally {
        postgres.thaw();
      }
      Await.until(LIMIT, () -> "down: " + find(pool), () -> find(pool).cause() == null);
    }
  }

  @Test
  void aWrongPasswordIsAuth() {
    HikariConfig config = Pools.config(postgres, 1);
    config.setPassword("not-the-password");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertEquals(HealthCause.AUTH, find(pool).cause());
    }
  }

  @Test
  void aServerThatTakesNoMoreConnectionsIsExhausted() throws Exception {
    try (Connection owner = postgres.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE ROLE crowded LOGIN PASSWORD 'crowded' CONNECTION LIMIT 0");
    }
    HikariConfig config = Pools.config(postgres, 1);
    config.setUsername("crowded");
    config.setPassword("crowded");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertEquals(HealthCause.POOL_EXHAUSTED, find(pool).cause());
    }
  }

  @Test
  void aDatabaseThatIsNotThereFails() {
    HikariConfig config = Pools.config(postgres, 1);
    config.setJdbcUrl(postgres.jdbcUrl("nowhere"));
    try (HikariDataSource pool = new HikariDataSource(config)) {
      HealthResult found = find(pool);
      assertEquals(HealthCause.FAILED, found.cause());
      assertEquals("no connection, SQL state 3D000", found.message());
    }
  }
}
