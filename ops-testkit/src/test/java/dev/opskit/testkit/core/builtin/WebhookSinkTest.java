package dev.opskit.testkit.core.builtin;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.metrics.alert.WebhookSink;
import dev.opskit.testkit.core.AlertSinkContract;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class WebhookSinkTest implements AlertSinkContract {
  private Receiver receiver;
  private WebhookSink sink;

  private static final class Receiver extends FarEnd {
    Receiver() throws IOException {}

    @Override
    int take(Object json) {
      Map<?, ?> body = (Map<?, ?>) json;
      Map<?, ?> alert = (Map<?, ?>) body.get("alert");
      Map<?, ?> labels = (Map<?, ?>) alert.get("labels");
      if (body.get("type").equals("alert.firing")) {
        firing.put(labels, alert(labels, (String) alert.get("name"), alert.get("summary")));
      } else {
        firing.remove(labels);
      }
      return 204;
    }
  }

  @BeforeEach
  void start() throws IOException {
    receiver = new Receiver();
    sink =
        WebhookSink.to(receiver.address(), () -> new byte[] {1, 2, 3})
            .closeWithin(Duration.ZERO)
            .build();
  }

  @AfterEach
  void close() {
    sink.close();
    receiver.close();
  }

  @Override
  public AlertSink sink() {
    return sink;
  }

  @Override
  public Collection<Alert> firing() {
    return receiver.firing();
  }

  @Override
  public void stall() {
    receiver.stall();
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(40);
  }
}
