package dev.opskit.metrics.bind;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.opskit.core.time.ManualTimeSource;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.secrets.OpsSecrets;
import dev.opskit.secrets.SecretEvent;
import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SecretsMetricsTest {
  private static final SecretRef DATABASE = SecretRef.of("orders/database");
  private static final String LABELS = "{secret=\"orders/database\",stage=\"current\"}";

  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final ManualTimeSource time = new ManualTimeSource();

  private void assertPage(String... lines) {
    Page.of(metrics).assertHas(lines);
  }

  @Test
  void versionsStaleServesAndFailuresAreCountedAndAged() {
    SecretsMetrics bound = new SecretsMetrics(metrics.registry(), time);
    bound.accept(new SecretEvent.Loaded(DATABASE, "1"));
    time.advance(Duration.ofSeconds(90));
    assertPage(
        "ops_secrets_loads_total" + LABELS + " 1.0",
        "ops_secrets_failures_total" + LABELS + " 0.0",
        "ops_secrets_stale_serves_total" + LABELS + " 0.0",
        "ops_secrets_version_age_seconds" + LABELS + " 90.0",
        "ops_secrets_stale_age_seconds" + LABELS + " 0.0");
    bound.accept(new SecretEvent.ServedStale(DATABASE, Duration.ofSeconds(80), "away"));
    bound.accept(new SecretEvent.Failed(DATABASE, "denied"));
    assertPage(
        "ops_secrets_failures_total" + LABELS + " 1.0",
        "ops_secrets_stale_serves_total" + LABELS + " 1.0",
        "ops_secrets_stale_age_seconds" + LABELS + " 80.0");
  }

  @Test
  void aNewVersionOrAQuarterOfAnHourEndsStaleness() {
    SecretsMetrics bound = new SecretsMetrics(metrics.registry(), time);
    bound.accept(new SecretEvent.ServedStale(DATABASE, Duration.ofSeconds(80), "away"));
    bound.accept(new SecretEvent.Loaded(DATABASE, "2"));
    assertPage("ops_secrets_stale_age_seconds" + LABELS + " 0.0");
    bound.accept(new SecretEvent.ServedStale(DATABASE, Duration.ofSeconds(80), "away"));
    time.advance(Duration.ofMinutes(15));
    assertPage("ops_secrets_stale_age_seconds" + LABELS + " 80.0");
    time.advance(Duration.ofSeconds(1));
    assertPage("ops_secrets_stale_age_seconds" + LABELS + " 0.0");
  }

  @Test
  void whatElseHappensIsCountedAndSeenFromZero() {
    SecretsMetrics bound = new SecretsMetrics(metrics.registry(), time);
    Map<String, SecretEvent> events =
        Map.of(
            "expired", new SecretEvent.Expired(DATABASE, "withdrawn"),
            "rejected", new SecretEvent.Rejected(DATABASE, "2"),
            "bridged", new SecretEvent.Bridged(DATABASE, "3"),
            "revealed", new SecretEvent.Revealed(DATABASE, "2", "driver", "Pool"),
            "leaked", new SecretEvent.Leaked(DATABASE, "environment variable DB_PASSWORD"));
    bound.accept(new SecretEvent.Loaded(DATABASE, "1"));
    events.keySet().forEach(name -> assertPage("ops_secrets_" + name + "_total" + LABELS + " 0.0"));
    events.values().forEach(bound::accept);
    events.keySet().forEach(name -> assertPage("ops_secrets_" + name + "_total" + LABELS + " 1.0"));
  }

  @Test
  void callsToTheStoreAreTimedByTheirOutcome() {
    SecretsMetrics bound = new SecretsMetrics(metrics.registry(), time);
    bound.accept(new SecretEvent.Asked(DATABASE, "fetch", "ok", Duration.ofMillis(20)));
    bound.accept(new SecretEvent.Asked(DATABASE, "fetch", "ok", Duration.ofMillis(30)));
    bound.accept(new SecretEvent.Asked(DATABASE, "describe", "Throttled", Duration.ofMillis(7)));
    assertPage(
        "ops_secrets_call_duration_seconds_sum" + call("fetch", "ok") + " 0.05",
        "ops_secrets_call_duration_seconds_count" + call("fetch", "ok") + " 2",
        "ops_secrets_call_duration_seconds_count" + call("describe", "throttled") + " 1");
  }

  private static String call(String call, String outcome) {
    return "{call=\"%s\",outcome=\"%s\",secret=\"orders/database\",stage=\"current\"}"
        .formatted(call, outcome);
  }

  @Test
  void knownOnesAreThereFromTheStartAndRealEventsArrive() throws Exception {
    try (OpsSecrets secrets =
            OpsSecrets.builder()
                .provider(
                    ref -> {
                      throw new SecretException.Unavailable(ref, "away");
                    })
                .build();
        SecretsMetrics bound = SecretsMetrics.bind(secrets, metrics, DATABASE)) {
      assertPage("ops_secrets_failures_total" + LABELS + " 0.0");
      assertPage("ops_secrets_version_age_seconds" + LABELS + " NaN");
      Assertions.assertThrows(SecretException.class, () -> secrets.get(DATABASE));
      while (Page.of(metrics).has("ops_secrets_failures_total" + LABELS + " 0.0")) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertPage("ops_secrets_failures_total" + LABELS + " 1.0");
      assertFalse(Page.of(metrics).text().contains("away"));
    }
  }
}
