package dev.opskit.core.alert;

/**
 * Where alerts go. Backup, health and recovery call it; ops-metrics ships sinks that deliver.
 *
 * <p>Called on the thread where the bad thing was noticed, as often as it is noticed.
 * Implementations are thread-safe, return at once, keep delivery to threads of their own and never
 * throw: whoever raises an alert is already in trouble.
 */
public interface AlertSink {

  /**
   * Something bad began or goes on.
   *
   * @param alert what
   */
  void raise(Alert alert);

  /**
   * It is over. An alert that was never raised is ignored.
   *
   * @param key what
   */
  void resolve(Alert.Key key);

  /**
   * A sink that delivers nothing, for hosts that alert on metrics alone.
   *
   * @return a shared instance
   */
  static AlertSink none() {
    return NoAlertSink.INSTANCE;
  }
}
