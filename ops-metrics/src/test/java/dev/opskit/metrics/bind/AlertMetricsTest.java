package dev.opskit.metrics.bind;

import dev.opskit.core.alert.Alert;
import dev.opskit.metrics.OpsMetrics;
import dev.opskit.metrics.alert.LogSink;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertMetricsTest {
  private final OpsMetrics metrics = OpsMetrics.builder().jvm(false).build();
  private final LogSink sink = new LogSink();

  @Test
  void everyResultIsThereFromTheStartAndCountsGoOn() {
    AlertMetrics.bind(metrics, sink);
    for (String result : new String[] {"ok", "refused", "failed", "dropped"}) {
      Page.of(metrics)
          .assertHas("ops_alerts_sent_total{result=\"" + result + "\",sink=\"log\"} 0.0");
    }
    for (int i = 0; i < 1_002; i++) {
      sink.raise(new Alert("A", Alert.Severity.INFO, "", Map.of("i", "" + i), Instant.EPOCH));
    }
    Page.of(metrics)
        .assertHas(
            "ops_alerts_sent_total{result=\"ok\",sink=\"log\"} 1000.0",
            "ops_alerts_sent_total{result=\"dropped\",sink=\"log\"} 2.0",
            "ops_alerts_pending{sink=\"log\"} 0.0",
            "ops_alerts_firing{sink=\"log\"} 1000.0");
  }
}
