package dev.opskit.testkit.core;

import dev.opskit.core.alert.Alert;
import dev.opskit.core.alert.AlertSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An alert sink that delivers nothing and remembers everything, for tests. Thread-safe. */
public final class RecordingAlertSink implements AlertSink {
  private final Map<Alert.Key, Alert> firing = new LinkedHashMap<>();
  private final List<Alert> raised = new ArrayList<>();
  private final List<Alert.Key> resolved = new ArrayList<>();

  /** A sink where nothing fires. */
  public RecordingAlertSink() {}

  @Override
  public synchronized void raise(Alert alert) {
    firing.put(alert.key(), alert);
    raised.add(alert);
  }

  @Override
  public synchronized void resolve(Alert.Key key) {
    firing.remove(key);
    resolved.add(key);
  }

  /**
   * What fires now.
   *
   * @return a copy: each alert as it was raised last, in the order of their first raising
   */
  public synchronized List<Alert> firing() {
    return List.copyOf(firing.values());
  }

  /**
   * Every call of {@link #raise}.
   *
   * @return a copy, in the order of the calls
   */
  public synchronized List<Alert> raised() {
    return List.copyOf(raised);
  }

  /**
   * Every call of {@link #resolve}, also of what was never raised.
   *
   * @return a copy, in the order of the calls
   */
  public synchronized List<Alert.Key> resolved() {
    return List.copyOf(resolved);
  }
}
