package dev.opskit.backup;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

final class RecordedAlerts implements AlertSink {
  final Map<Alert.Key, Alert> active = new ConcurrentHashMap<>();

  @Override
  public void raise(Alert alert) {
    active.put(alert.key(), alert);
  }

  @Override
  public void resolve(Alert.Key key) {
    active.remove(key);
  }

  static Alert.Key failed(String source) {
    return new Alert.Key("BackupFailed", Map.of("source", source));
  }

  static Alert.Key corrupt(String source, String id) {
    return new Alert.Key("BackupCorrupt", Map.of("source", source, "backup", id));
  }
}
