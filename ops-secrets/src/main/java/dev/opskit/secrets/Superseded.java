package dev.opskit.secrets;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.PriorityQueue;

/** Values that are not served any more, but that somebody may still be logging in with. */
final class Superseded {
  private final PriorityQueue<Value> values =
      new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos() - b.dueNanos()));
  private final TimeSource time;
  private boolean closed;

  private record Value(Runnable wipe, long dueNanos) {}

  Superseded(TimeSource time) {
    this.time = time;
  }

  /** Wipes it after the grace, or at once if all is over. */
  void add(Runnable wipe, Duration grace) {
    synchronized (this) {
      if (!closed) {
        values.add(new Value(wipe, time.nanoTime() + Schedule.nanos(grace)));
        return;
      }
    }
    wipe.run();
  }

  synchronized void wipeDue() {
    long now = time.nanoTime();
    while (!values.isEmpty() && now - values.element().dueNanos() >= 0) {
      values.remove().wipe().run();
    }
  }

  synchronized void close() {
    closed = true;
    values.forEach(value -> value.wipe().run());
    values.clear();
  }
}
