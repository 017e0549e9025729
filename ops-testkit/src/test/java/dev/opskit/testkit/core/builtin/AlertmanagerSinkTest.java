package dev.opskit.testkit.core.builtin;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.metrics.alert.AlertmanagerSink;
import dev.opskit.testkit.core.AlertSinkContract;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class AlertmanagerSinkTest implements AlertSinkContract {
  private Peer peer;
  private AlertmanagerSink sink;

  /** One end after another, as Alertmanager keeps them. */
  private static final class Peer extends FarEnd {
    Peer() throws IOException {}

    @Override
    int take(Object json) {
      for (Object each : (List<?>) json) {
        Map<?, ?> alert = (Map<?, ?>) each;
        Map<?, ?> labels = (Map<?, ?>) alert.get("labels");
        Instant end = Instant.parse((String) alert.get("endsAt"));
        if (Instant.parse((String) alert.get("startsAt")).isAfter(end)) {
          return 400;
        }
        if (end.isAfter(Instant.now())) {
          Object summary = ((Map<?, ?>) alert.get("annotations")).get("summary");
          firing.put(labels, alert(labels, (String) labels.get("alertname"), summary));
        } else {
          firing.remove(labels);
        }
      }
      return 200;
    }
  }

  @BeforeEach
  void start() throws IOException {
    peer = new Peer();
    sink = AlertmanagerSink.to(peer.address()).closeWithin(Duration.ZERO).build();
  }

  @AfterEach
  void close() {
    sink.close();
    peer.close();
  }

  @Override
  public AlertSink sink() {
    return sink;
  }

  @Override
  public Collection<Alert> firing() {
    return peer.firing();
  }

  @Override
  public void stall() {
    peer.stall();
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(40);
  }
}
