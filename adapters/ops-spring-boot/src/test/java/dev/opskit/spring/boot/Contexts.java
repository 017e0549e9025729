package dev.opskit.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.DiskSpaceHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Contexts with all of opskit's auto-configuration and some of Spring Boot's. */
final class Contexts {
  static final AutoConfigurations OURS =
      AutoConfigurations.of(
          OpsActuatorAutoConfiguration.class,
          OpsBackupAutoConfiguration.class,
          OpsClientsAutoConfiguration.class,
          OpsDataSourceAutoConfiguration.class,
          OpsEndpointsAutoConfiguration.class,
          OpsHealthAutoConfiguration.class,
          OpsMetricsAutoConfiguration.class,
          OpsSecretsAutoConfiguration.class,
          OpsServletAutoConfiguration.class,
          OpsTasksAutoConfiguration.class);

  private static final AutoConfigurations ACTUATOR =
      AutoConfigurations.of(
          MetricsAutoConfiguration.class,
          PrometheusMetricsExportAutoConfiguration.class,
          CompositeMeterRegistryAutoConfiguration.class,
          ApplicationAvailabilityAutoConfiguration.class,
          HealthContributorAutoConfiguration.class,
          HealthContributorRegistryAutoConfiguration.class,
          HealthEndpointAutoConfiguration.class,
          DiskSpaceHealthContributorAutoConfiguration.class,
          AvailabilityProbesAutoConfiguration.class);

  private Contexts() {}

  static ApplicationContextRunner plain() {
    return new ApplicationContextRunner().withConfiguration(OURS);
  }

  static ApplicationContextRunner withActuator() {
    return plain()
        .withConfiguration(ACTUATOR)
        .withPropertyValues("management.endpoint.health.probes.enabled=true");
  }

  static WebApplicationContextRunner servlet() {
    return new WebApplicationContextRunner().withConfiguration(OURS).withConfiguration(ACTUATOR);
  }
}
