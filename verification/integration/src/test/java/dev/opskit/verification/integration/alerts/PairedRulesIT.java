package dev.opskit.verification.integration.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.backup.BackupService;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.http.OpsRequest;
import dev.opskit.health.Health;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.alert.LogSink;
import dev.opskit.metrics.bind.AlertMetrics;
import dev.opskit.metrics.bind.BackupMetrics;
import dev.opskit.metrics.bind.HealthMetrics;
import dev.opskit.metrics.bind.PairedRules;
import dev.opskit.metrics.bind.SecretsMetrics;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretRef;
import dev.opskit.testkit.backup.InMemoryBackupStore;
import dev.opskit.testkit.secrets.InMemorySecretProvider;
import dev.opskit.verification.integration.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PairedRulesIT {
  @TempDir Path folder;

  private Path promtool;

  @BeforeEach
  void find() {
    promtool =
        RealParts.executable("prometheus", "promtool", "install Debian's package 'prometheus'");
  }

  private void assertPasses(Path input, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = promtool.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  @Test
  void promtoolAcceptsTheRulesAndEachFiresWhenTheProcessIsDead() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("paired.yml"), PairedRules.of(Duration.ofHours(26)).yaml());
    assertPasses(rules, "check", "rules", rules.toString());
    Path tests = folder.resolve("tests.yml");
    Files.copy(getClass().getResourceAsStream("paired-rules-tests.yml"), tests);
    assertPasses(tests, "test", "rules", tests.toString());
  }

  @Test
  void promtoolHasNothingToSayAboutWhatTheBindersExport() throws Exception {
    try (OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
        BackupService backups =
            BackupService.builder("orders")
                .strategy(new SmallBackup(() -> true))
                .store(new InMemoryBackupStore())
                .build();
        Health health = Health.builder().check("db", c -> HealthResult.up()).start();
        OpsSecrets secrets = OpsSecrets.builder().provider(new InMemorySecretProvider()).build();
        SecretsMetrics boundSecrets =
            SecretsMetrics.bind(secrets, metrics, SecretRef.of("orders/database"));
        BackupMetrics boundBackups = BackupMetrics.bind(backups, metrics);
        HealthMetrics boundHealth = HealthMetrics.bind(health, metrics)) {
      AlertMetrics.bind(metrics, new LogSink());
      backups.verify(backups.backupNow().id());
      Path page = folder.resolve("page.txt");
      LocalAlertmanager.await(
          LocalAlertmanager.PATIENCE,
          () -> "the verification should be counted",
          () -> {
            Files.write(page, metrics.endpoints().handle(OpsRequest.get("/metrics")).body());
            return Files.readString(page)
                .contains(
                    "ops_backup_runs_total{operation=\"verify\",outcome=\"ok\",source=\"orders\"}"
                        + " 1.0");
          });
      assertTrue(
          Files.readString(page).contains("ops_backup_last_plain_bytes{source=\"orders\"} "));
      assertPasses(page, "check", "metrics");
    }
  }
}
