package dev.opskit.backup;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Adds up the chunks of one operation and reports each. Thread-safe. */
final class ProgressMeter {
  private final String source;
  private final String id;
  private final BackupEvent.Operation operation;
  private final OptionalLong total;
  private final TimeSource time;
  private final Consumer<BackupEvent> events;
  private final long begin;
  private final AtomicLong plain = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();

  ProgressMeter(
      String source,
      String id,
      BackupEvent.Operation operation,
      OptionalLong total,
      TimeSource time,
      Consumer<BackupEvent> events) {
    this.source = source;
    this.id = id;
    this.operation = operation;
    this.total = total;
    this.time = time;
    this.events = events;
    this.begin = time.nanoTime();
  }

  /** One at a time, so that what is told never goes back. */
  synchronized void add(long plainBytes, long storedBytes) {
    events.accept(
        new BackupEvent.Progress(
            source,
            id,
            operation,
            plain.addAndGet(plainBytes),
            stored.addAndGet(storedBytes),
            total,
            elapsed()));
  }

  Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - begin);
  }
}
