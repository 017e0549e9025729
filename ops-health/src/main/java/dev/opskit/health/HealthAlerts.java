package dev.opskit.health;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.health.HealthStatus;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the alert sink which checks are down. */
final class HealthAlerts implements Consumer<HealthEvent> {
  private final AlertSink sink;

  HealthAlerts(AlertSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(HealthEvent event) {
    if (event instanceof HealthEvent.Transition transition) {
      Map<String, String> labels = Map.of("check", transition.check());
      if (transition.to() == HealthStatus.DOWN) {
        sink.raise(
            new Alert(
                "HealthDown",
                Alert.Severity.CRITICAL,
                summary(transition),
                labels,
                transition.at()));
      } else {
        sink.resolve(new Alert.Key("HealthDown", labels));
      }
    }
  }

  private static String summary(HealthEvent.Transition transition) {
    String message = transition.result().message();
    String down = "Check " + transition.check() + " is down";
    return message == null || message.isBlank() ? down : down + ": " + message;
  }
}
