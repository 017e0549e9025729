package dev.opskit.spring.boot;

import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.time.TimeSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.bind.SecretsMetrics;
import dev.opskit.secrets.MountedFileProvider;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.OpsSecretsBuilder;
import dev.opskit.secrets.RotatingSecret;
import dev.opskit.secrets.SecretProvider;
import dev.opskit.secrets.SecretRef;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Secrets of the application's {@link SecretProvider}, or of a folder. */
@AutoConfiguration(after = OpsMetricsAutoConfiguration.class)
@EnableConfigurationProperties(OpsProperties.class)
@Import(RotatingSecretBeans.class)
final class OpsSecretsAutoConfiguration {
  @Bean
  @ConditionalOnProperty("ops.secrets.folder")
  @ConditionalOnMissingBean
  SecretProvider opsSecretProvider(OpsProperties properties) {
    return MountedFileProvider.of(Objects.requireNonNull(properties.secrets().folder()));
  }

  @Bean
  @ConditionalOnBean(SecretProvider.class)
  @ConditionalOnMissingBean
  OpsSecrets opsSecrets(SecretProvider provider, ObjectProvider<TimeSource> time) {
    OpsSecretsBuilder builder = OpsSecrets.builder().provider(provider);
    time.ifAvailable(builder::time);
    return builder.build();
  }

  @Bean
  @ConditionalOnBean(OpsSecrets.class)
  @ConditionalOnMissingBean(name = "secretsHealthCheck")
  HealthCheck secretsHealthCheck(OpsSecrets secrets) {
    return secrets.healthCheck();
  }

  @Bean
  @ConditionalOnBean(OpsSecrets.class)
  @ConditionalOnMissingBean
  SecretsMetrics opsSecretsMetrics(
      OpsSecrets secrets, OpsMetrics metrics, ObjectProvider<RotatingSecret<?>> declared) {
    SecretRef[] known = declared.stream().map(RotatingSecret::ref).toArray(SecretRef[]::new);
    return SecretsMetrics.bind(secrets, metrics, known);
  }

  /** Before the service takes work. */
  @Bean
  @ConditionalOnBean(OpsSecrets.class)
  @ConditionalOnMissingBean(name = "opsSecretsReady")
  SmartInitializingSingleton opsSecretsReady(OpsSecrets secrets, OpsProperties properties) {
    return () -> secrets.awaitReady(properties.secrets().readyTimeout());
  }
}
