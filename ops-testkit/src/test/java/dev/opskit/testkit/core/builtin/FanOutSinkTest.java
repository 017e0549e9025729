package dev.opskit.testkit.core.builtin;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.metrics.alert.FanOutSink;
import dev.opskit.testkit.core.AlertSinkContract;
import dev.opskit.testkit.core.RecordingAlertSink;
import java.util.Collection;

class FanOutSinkTest implements AlertSinkContract {
  private final RecordingAlertSink last = new RecordingAlertSink();

  @Override
  public AlertSink sink() {
    return FanOutSink.to(AlertSink.none(), last);
  }

  @Override
  public Collection<Alert> firing() {
    return last.firing();
  }
}
