package dev.opskit.spring.boot;

import dev.opskit.core.time.TimeSource;
import dev.opskit.metrics.OpsMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Metrics on the application's registry; on one of opskit's own where it has none. */
@AutoConfiguration(
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(OpsProperties.class)
final class OpsMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  OpsMetrics opsMetrics(
      OpsProperties properties,
      ObjectProvider<MeterRegistry> registry,
      ObjectProvider<TimeSource> time) {
    OpsMetrics.Builder builder = OpsMetrics.builder().maxRoutes(properties.metrics().maxRoutes());
    if (!properties.metrics().httpBuckets().isEmpty()) {
      builder.httpBuckets(properties.metrics().httpBuckets().toArray(Duration[]::new));
    }
    // Where there is a registry, Spring Boot has bound the meters of the JVM to it.
    registry.ifAvailable(found -> builder.registry(found).jvm(false));
    time.ifAvailable(builder::time);
    return builder.build();
  }
}
