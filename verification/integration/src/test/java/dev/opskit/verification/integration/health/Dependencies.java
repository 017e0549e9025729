package dev.opskit.verification.integration.health;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.health.HealthResult;
import dev.opskit.examples.orders.postgres.LocalPostgres;
import dev.opskit.health.Checks;
import dev.opskit.health.Health;
import dev.opskit.health.JdbcCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What twenty checks look at, and how so many of them are made to hang at once. */
final class Dependencies implements AutoCloseable {
  static final int CHECKS = 20;
  static final Duration TIMEOUT = Duration.ofSeconds(1);
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final LocalPostgres postgres;
  private final HikariDataSource pool;
  private final LocalRedis redis;
  private final LocalRedis otherRedis;
  private final BlackHole blackHole = new BlackHole();
  private volatile boolean busy;

  Dependencies(Path folder) throws Exception {
    postgres = LocalPostgres.start(Files.createDirectories(folder.resolve("postgres")));
    pool = Pools.of(postgres, CHECKS);
    // Shorter than the checks' timeout, so that the pool is what gives up.
    pool.setConnectionTimeout(500);
    pool.setValidationTimeout(250);
    redis = LocalRedis.start(folder.resolve("redis"));
    otherRedis = LocalRedis.start(folder.resolve("other"));
  }

  /** The first ones can be made to hang; the others look at a Redis that always works. */
  Health checked(int hanging) {
    Health.Builder builder = Health.builder();
    for (int i = 0; i < CHECKS; i++) {
      HealthCheck check = i < hanging ? hanging(i) : otherRedis.check();
      builder.check(
          "check-" + i,
          check,
          o -> o.timeout(TIMEOUT).interval(INTERVAL).intervalWhileDown(Duration.ofMillis(500)));
    }
    return builder.start();
  }

  private HealthCheck hanging(int number) {
    if (number == 9) {
      // One only: each of its runs takes a whole processor.
      return context -> {
        while (busy) {
          Thread.onSpinWait();
        }
        return HealthResult.up();
      };
    }
    return switch (number % 3) {
      case 0 -> JdbcCheck.of(pool);
      case 1 -> redis.check();
      default -> Checks.http(blackHole.uri());
    };
  }

  void freeze() throws Exception {
    postgres.freeze();
    redis.freeze();
    blackHole.swallow();
    busy = true;
  }

  void thaw() throws Exception {
    busy = false;
    blackHole.answer();
    redis.thaw();
    postgres.thaw();
  }

  @Override
  public void close() throws Exception {
    thaw();
    blackHole.close();
    otherRedis.close();
    redis.close();
    pool.close();
    postgres.close();
  }
}
