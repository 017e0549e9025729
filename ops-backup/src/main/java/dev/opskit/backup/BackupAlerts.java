package dev.opskit.backup;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import dev.opskit.core.time.TimeSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the alert sink what somebody must know. Never throws: the work is in trouble already. */
final class BackupAlerts {
  private static final Logger logger = LoggerFactory.getLogger(BackupAlerts.class);

  private final String source;
  private final AlertSink sink;
  private final TimeSource time;

  BackupAlerts(String source, AlertSink sink, TimeSource time) {
    this.source = source;
    this.sink = sink;
    this.time = time;
  }

  void failed(BackupEvent.Operation operation, String id, Throwable failure) {
    if (operation == BackupEvent.Operation.BACKUP) {
      raise("BackupFailed", failedLabels(), "The backup of " + source + " failed", failure);
    } else if (failure instanceof BackupCorruptException) {
      raise("BackupCorrupt", corruptLabels(id), "Backup " + id + " is damaged", failure);
    }
  }

  void succeeded(BackupEvent.Operation operation, String id) {
    if (operation == BackupEvent.Operation.BACKUP) {
      resolve(new Alert.Key("BackupFailed", failedLabels()));
    } else {
      resolve(new Alert.Key("BackupCorrupt", corruptLabels(id)));
    }
  }

  private Map<String, String> failedLabels() {
    return Map.of("source", source);
  }

  private Map<String, String> corruptLabels(String id) {
    return Map.of("source", source, "backup", id);
  }

  private void raise(String name, Map<String, String> labels, String what, Throwable failure) {
    try {
      sink.raise(
          new Alert(
              name,
              Alert.Severity.CRITICAL,
              what + ": " + failure.getMessage(),
              labels,
              time.now()));
    } catch (RuntimeException e) {
      logger.warn("the alert sink threw", e);
    }
  }

  private void resolve(Alert.Key key) {
    try {
      sink.resolve(key);
    } catch (RuntimeException e) {
      logger.warn("the alert sink threw", e);
    }
  }
}
