package dev.opskit.metrics.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.health.HealthResult;
import dev.opskit.core.time.TimeSource;
import dev.opskit.health.Health;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.alert.LogSink;
import dev.opskit.secrets.SecretEvent;
import dev.opskit.secrets.SecretRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PairedRulesTest {
  private static final Pattern METRIC = Pattern.compile("\\b(?:ops|health)_\\w+");
  private static final Pattern LABEL = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

  private final PairedRules rules = PairedRules.of(Duration.ofHours(26));

  private static Set<String> all(Pattern pattern, int group, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(group));
    }
    return found;
  }

  @Test
  void everyMetricThatARuleReadsIsExported() {
    OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
    AlertMetrics.bind(metrics, new LogSink());
    new BackupMetrics(
        "orders", metrics.registry(), TimeSource.system(), List::of, id -> Optional.empty());
    new SecretsMetrics(metrics.registry(), TimeSource.system())
        .accept(new SecretEvent.Loaded(SecretRef.of("a"), "1"));
    try (Health health = Health.builder().check("db", c -> HealthResult.up()).start();
        HealthMetrics bound = HealthMetrics.bind(health, metrics)) {
      String page = Page.of(metrics).text();
      for (PairedRule rule : rules.rules()) {
        Set<String> read = all(METRIC, 0, rule.expression());
        assertTrue(!read.isEmpty(), rule::alert);
        for (String metric : read) {
          assertTrue(
              page.contains("\n" + metric + "{") || page.contains("\n" + metric + " "), metric);
        }
      }
    }
  }

  @Test
  void everyLabelThatASummaryNamesIsOneThatTheExpressionKeeps() {
    for (PairedRule rule : rules.rules()) {
      for (String label : all(LABEL, 1, rule.summary())) {
        assertTrue(
            rule.expression().matches(".* by \\([^)]*\\b" + label + "\\b[^)]*\\).*"),
            () -> label + " in " + rule);
      }
    }
  }

  @Test
  void theEventsAlertsHaveTheirRules() {
    assertEquals(
        List.of(
            "BackupFailed",
            "BackupCorrupt",
            "BackupOverdue",
            "HealthDown",
            "SecretsStale",
            "SecretsUnavailable",
            "AlertsNotDelivered"),
        rules.rules().stream().map(PairedRule::alert).toList());
  }

  @Test
  void anAgeThatIsNoneIsRefused() {
    for (Duration age : List.of(Duration.ofSeconds(59), Duration.ofDays(367))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> PairedRules.of(age));
      assertEquals("backupMaxAge is " + age + ", must be PT1M to PT8784H", e.getMessage());
    }
  }
}
