package dev.opskit.backup;

import dev.opskit.core.event.Listeners;
import dev.opskit.core.time.TimeSource;
import java.io.IOException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the beginning and the end of what a service does, and sorts what goes wrong in it. */
final class Operations {
  private static final Logger logger = LoggerFactory.getLogger(Operations.class);

  private final String source;
  private final Listeners<BackupEvent> listeners;
  private final BackupAlerts alerts;
  private final TimeSource time;

  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  Operations(
      String source, Listeners<BackupEvent> listeners, BackupAlerts alerts, TimeSource time) {
    this.source = source;
    this.listeners = listeners;
    this.alerts = alerts;
    this.time = time;
  }

  /** About one backup. */
  <T> T perform(BackupEvent.Operation operation, String id, Work<T> work) {
    listeners.publish(new BackupEvent.Started(source, id, operation));
    try {
      T result = work.run();
      alerts.succeeded(operation, id);
      return result;
    } catch (Throwable t) {
      Throwable failure = t instanceof Exception e ? classify(e) : t;
      logger.error("{} of {} failed, backup {}", operation, source, id, failure);
      listeners.publish(new BackupEvent.Failed(source, id, operation, failure));
      alerts.failed(operation, id, failure);
      if (failure instanceof Error error) {
        throw error;
      }
      throw (BackupException) failure;
    }
  }

  /** About the store as a whole. */
  <T> T perform(Work<T> work) {
    try {
      return work.run();
    } catch (Exception e) {
      throw classify(e);
    }
  }

  ProgressMeter meter(BackupEvent.Operation operation, String id, OptionalLong total) {
    return new ProgressMeter(source, id, operation, total, time, listeners::publish);
  }

  private static BackupException classify(Exception e) {
    if (e instanceof BackupException known) {
      return known;
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return new BackupUnavailableException("the thread was interrupted", e);
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return new BackupUnavailableException(message, e);
  }
}
