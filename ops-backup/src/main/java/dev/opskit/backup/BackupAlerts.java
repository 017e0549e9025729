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
      raise(
          "BackupFailed",
          Alert.Severity.CRITICAL,
          sourceLabels(),
          "The backup of " + source + " failed: " + failure.getMessage());
      return;
    }
    if (operation == BackupEvent.Operation.DRILL) {
      raise(
          "BackupDrillFailed",
          Alert.Severity.CRITICAL,
          sourceLabels(),
          "Backup %s of %s could not be restored on trial: %s"
              .formatted(id, source, failure.getMessage()));
    }
    if (failure instanceof BackupCorruptException) {
      raise(
          "BackupCorrupt",
          Alert.Severity.CRITICAL,
          corruptLabels(id),
          "Backup " + id + " is damaged: " + failure.getMessage());
    }
  }

  void succeeded(BackupEvent.Operation operation, String id) {
    if (operation == BackupEvent.Operation.BACKUP) {
      resolve(new Alert.Key("BackupFailed", sourceLabels()));
    } else {
      if (operation == BackupEvent.Operation.DRILL) {
        resolve(new Alert.Key("BackupDrillFailed", sourceLabels()));
      }
      resolve(new Alert.Key("BackupCorrupt", corruptLabels(id)));
    }
  }

  void committed(BackupRecord record) {
    record
        .suspicion()
        .ifPresentOrElse(
            why ->
                raise(
                    "BackupSuspect",
                    Alert.Severity.WARNING,
                    sourceLabels(),
                    "Backup %s of %s does not count until it is accepted: %s"
                        .formatted(record.id(), source, why)),
            () -> resolve(new Alert.Key("BackupSuspect", sourceLabels())));
  }

  void overdue(String why) {
    raise(
        "BackupOverdue",
        Alert.Severity.CRITICAL,
        sourceLabels(),
        "The backup of " + source + " is overdue: " + why);
  }

  void notOverdue() {
    resolve(new Alert.Key("BackupOverdue", sourceLabels()));
  }

  void recoveryStopped(String why) {
    raise("RecoveryFailed", Alert.Severity.CRITICAL, sourceLabels(), why);
  }

  void recoveryOver() {
    resolve(new Alert.Key("RecoveryFailed", sourceLabels()));
  }

  void planned(RetentionPlan plan) {
    plan.frozen()
        .ifPresentOrElse(
            why ->
                raise(
                    "BackupRetentionFrozen",
                    Alert.Severity.WARNING,
                    sourceLabels(),
                    "No backup of " + source + " is deleted: " + why),
            () -> resolve(new Alert.Key("BackupRetentionFrozen", sourceLabels())));
  }

  private Map<String, String> sourceLabels() {
    return Map.of("source", source);
  }

  private Map<String, String> corruptLabels(String id) {
    return Map.of("source", source, "backup", id);
  }

  private void raise(
      String name, Alert.Severity severity, Map<String, String> labels, String summary) {
    try {
      sink.raise(new Alert(name, severity, summary, labels, time.now()));
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
