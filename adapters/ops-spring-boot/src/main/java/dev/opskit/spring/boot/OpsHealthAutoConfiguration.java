package dev.opskit.spring.boot;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.http.OpsRoutes;
import dev.opskit.core.http.RequestObserver;
import dev.opskit.core.maintenance.MaintenanceMode;
import dev.opskit.core.time.TimeSource;
import dev.opskit.health.Health;
import dev.opskit.health.HealthEndpoints;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.bind.HealthMetrics;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Every {@link HealthCheck} of the application, run, served and counted; and its drain. */
@AutoConfiguration(
    after = {
      OpsMetricsAutoConfiguration.class,
      OpsActuatorAutoConfiguration.class,
      OpsSecretsAutoConfiguration.class,
      OpsBackupAutoConfiguration.class
    })
@EnableConfigurationProperties(OpsProperties.class)
final class OpsHealthAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Health opsHealth(
      OpsProperties properties,
      ListableBeanFactory beans,
      ObjectProvider<IndicatorChecks> indicators,
      ObjectProvider<MaintenanceMode> maintenance,
      ObjectProvider<TimeSource> time,
      Environment environment) {
    Health.Builder builder =
        Health.builder().version(environment.getProperty("spring.application.version", "unknown"));
    maintenance.ifAvailable(builder::maintenance);
    if (properties.health().maintenanceFile() != null) {
      builder.maintenanceFile(properties.health().maintenanceFile());
    }
    time.ifAvailable(builder::time);
    RegisteredChecks checks = new RegisteredChecks(properties.health());
    checks.add(beans.getBeansOfType(HealthCheck.class));
    checks.addIndicators(indicators.getIfAvailable());
    return checks.registerWith(builder).start();
  }

  @Bean
  @ConditionalOnMissingBean
  HealthMetrics opsHealthMetrics(Health health, OpsMetrics metrics) {
    return HealthMetrics.bind(health, metrics);
  }

  /** To be replaced by one that shows details to some. */
  @Bean
  @ConditionalOnMissingBean(name = "opsHealthRoutes")
  OpsRoutes opsHealthRoutes(Health health) {
    return HealthEndpoints.of(health);
  }

  @Bean
  @ConditionalOnMissingBean(name = "opsInFlightRequests")
  RequestObserver opsInFlightRequests(Health health) {
    return health.drain().requests();
  }

  @Bean
  @ConditionalOnMissingBean
  DrainLifecycle opsDrain(Health health, OpsProperties properties) {
    return new DrainLifecycle(health.drain(), properties.shutdown());
  }
}
