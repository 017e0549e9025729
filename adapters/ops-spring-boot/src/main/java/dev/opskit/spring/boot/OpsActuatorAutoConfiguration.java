package dev.opskit.spring.boot;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.health.Health;
import dev.opskit.health.Probe;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Checks shown by Actuator, and its indicators as checks. */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration",
      "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration"
    })
@ConditionalOnClass(HealthContributorRegistry.class)
final class OpsActuatorAutoConfiguration {
  @Bean
  @ConditionalOnBean(HealthContributorRegistry.class)
  @ConditionalOnMissingBean
  IndicatorChecks opsIndicatorChecks(ObjectProvider<HealthContributorRegistry> registry) {
    return new IndicatorChecks(
        () -> {
          Map<String, HealthCheck> checks = new TreeMap<>();
          registry.getObject().stream()
              .filter(entry -> !ProbeGroups.CONTRIBUTORS.containsValue(entry.name()))
              .forEach(entry -> checks.put(entry.name(), new IndicatorCheck(entry.contributor())));
          return checks;
        });
  }

  // Actuator collects indicators before there is a Health, so they ask for it when they are asked.
  @Bean
  @ConditionalOnEnabledHealthIndicator("ops")
  @ConditionalOnMissingBean(name = "opsLivenessHealthIndicator")
  HealthIndicator opsLivenessHealthIndicator(ObjectProvider<Health> health) {
    return new ProbeIndicator(asked -> health.getObject().report(asked), Probe.LIVENESS);
  }

  @Bean
  @ConditionalOnEnabledHealthIndicator("ops")
  @ConditionalOnMissingBean(name = "opsReadinessHealthIndicator")
  HealthIndicator opsReadinessHealthIndicator(ObjectProvider<Health> health) {
    return new ProbeIndicator(asked -> health.getObject().report(asked), Probe.READINESS);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.SecurityContext")
  static final class Groups {
    @Bean
    @ConditionalOnEnabledHealthIndicator("ops")
    @ConditionalOnMissingBean(name = "opsProbeGroups")
    HealthEndpointGroupsPostProcessor opsProbeGroups() {
      return new ProbeGroups();
    }
  }
}
