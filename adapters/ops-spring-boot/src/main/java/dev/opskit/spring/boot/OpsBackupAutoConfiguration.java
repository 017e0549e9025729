package dev.opskit.spring.boot;

import dev.opskit.backup.BackupFreshnessCheck;
import dev.opskit.backup.BackupService;
import dev.opskit.backup.BackupServiceBuilder;
import dev.opskit.backup.BackupStore;
import dev.opskit.backup.BackupStrategy;
import dev.opskit.backup.FileSystemBackupStore;
import dev.opskit.backup.RetentionPolicy;
import dev.opskit.backup.postgres.PostgresBackup;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.health.HealthCheck;
import dev.opskit.core.time.TimeSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.bind.BackupMetrics;
import dev.opskit.secrets.OpsSecrets;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** A {@link BackupService} of what the properties name, or of the application's own parts. */
@AutoConfiguration(after = {OpsMetricsAutoConfiguration.class, OpsSecretsAutoConfiguration.class})
@ConditionalOnProperty("ops.backup.source")
@EnableConfigurationProperties(OpsProperties.class)
final class OpsBackupAutoConfiguration {
  @Bean
  @ConditionalOnProperty("ops.backup.folder")
  @ConditionalOnMissingBean
  BackupStore opsBackupStore(OpsProperties properties) {
    return FileSystemBackupStore.at(Objects.requireNonNull(properties.backup().folder()));
  }

  @Bean
  @ConditionalOnProperty("ops.backup.postgres.database")
  @ConditionalOnMissingBean(BackupStrategy.class)
  PostgresBackup opsBackupStrategy(OpsProperties properties, OpsSecrets secrets) {
    return PostgresParts.strategy(Objects.requireNonNull(properties.backup().postgres()), secrets);
  }

  @Bean
  @ConditionalOnMissingBean
  BackupService opsBackupService(
      OpsProperties properties,
      ObjectProvider<BackupStrategy> strategy,
      ObjectProvider<BackupStore> store,
      ObjectProvider<RetentionPolicy> retention,
      ObjectProvider<AlertSink> alerts,
      ObjectProvider<TimeSource> time) {
    BackupProperties options = properties.backup();
    BackupServiceBuilder builder = BackupService.builder(Objects.requireNonNull(options.source()));
    strategy.ifAvailable(builder::strategy);
    store.ifAvailable(builder::store);
    RetentionPolicy policy = retention.getIfAvailable(options::retention);
    if (policy != null) {
      builder.retention(policy);
    }
    alerts.ifAvailable(builder::alerts);
    time.ifAvailable(builder::time);
    return builder.build();
  }

  @Bean
  @ConditionalOnBean(BackupService.class)
  @ConditionalOnMissingBean
  BackupMetrics opsBackupMetrics(BackupService backups, OpsMetrics metrics) {
    return BackupMetrics.bind(backups, metrics);
  }

  @Bean
  @ConditionalOnProperty("ops.backup.max-age")
  @ConditionalOnMissingBean(name = "backupHealthCheck")
  HealthCheck backupHealthCheck(BackupService backups, OpsProperties properties) {
    return BackupFreshnessCheck.of(backups, Objects.requireNonNull(properties.backup().maxAge()));
  }
}
