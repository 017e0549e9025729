package dev.opskit.verification.integration.health;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.examples.orders.postgres.LocalPostgres;

/** Connection pools whose waits are all bounded. */
final class Pools {
  private Pools() {}

  static HikariDataSource of(LocalPostgres postgres, int size) {
    return new HikariDataSource(config(postgres, size));
  }

  static HikariConfig config(LocalPostgres postgres, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl("postgres"));
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(1_500);
    config.setValidationTimeout(500);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "2");
    return config;
  }
}
