package dev.opskit.spring.boot;

import com.zaxxer.hikari.HikariDataSource;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.jdbc.RotatingDataSource;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A data source that logs in with a rotating secret, in a pool where HikariCP is there. */
@AutoConfiguration(
    after = OpsSecretsAutoConfiguration.class,
    beforeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnProperty("ops.secrets.data-source.url")
@ConditionalOnMissingBean(DataSource.class)
@EnableConfigurationProperties(OpsProperties.class)
final class OpsDataSourceAutoConfiguration {
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HikariDataSource.class)
  static final class Pooled {
    @Bean
    HikariDataSource dataSource(
        OpsSecrets secrets, OpsProperties properties, Environment environment) {
      HikariDataSource pool = new HikariDataSource();
      Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
      pool.setDataSource(rotating(secrets, properties));
      return pool;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("com.zaxxer.hikari.HikariDataSource")
  static final class WithoutPool {
    @Bean
    DataSource dataSource(OpsSecrets secrets, OpsProperties properties) {
      return rotating(secrets, properties);
    }
  }

  private static DataSource rotating(OpsSecrets secrets, OpsProperties properties) {
    OpsProperties.Database database = Objects.requireNonNull(properties.secrets().dataSource());
    String secret = Required.text("ops.secrets.data-source.secret", database.secret());
    return RotatingDataSource.of(
        database.url(),
        new Properties(),
        secrets.rotating(SecretRef.of(secret), SecretType.databaseCredentials()),
        database.budget());
  }
}
