package dev.opskit.secrets;

import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Superseded values that somebody may still be logging in with. */
final class Retired {
  private final Deque<Value> values = new ArrayDeque<>();
  private final Duration grace;
  private final TimeSource time;

  private record Value(Answer.Good last, long sinceNanos) {
    void wipe() {
      last.value().close();
      last.masking().close();
    }
  }

  Retired(Duration grace, TimeSource time) {
    this.grace = grace;
    this.time = time;
  }

  synchronized void add(Answer.Good last) {
    values.add(new Value(last, time.nanoTime()));
  }

  synchronized void wipeDue() {
    long now = time.nanoTime();
    while (!values.isEmpty()
        && Duration.ofNanos(now - values.element().sinceNanos()).compareTo(grace) >= 0) {
      values.remove().wipe();
    }
  }

  synchronized void wipeAll() {
    values.forEach(Value::wipe);
    values.clear();
  }
}
