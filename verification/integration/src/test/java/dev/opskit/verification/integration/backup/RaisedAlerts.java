package dev.opskit.verification.integration.backup;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The alerts that are raised and not yet resolved. */
final class RaisedAlerts implements AlertSink {
  private final Map<Alert.Key, Alert> active = new ConcurrentHashMap<>();

  @Override
  public void raise(Alert alert) {
    active.put(alert.key(), alert);
  }

  @Override
  public void resolve(Alert.Key key) {
    active.remove(key);
  }

  List<String> names() {
    return active.values().stream().map(Alert::name).toList();
  }
}
