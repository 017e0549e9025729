package dev.opskit.secrets;

import dev.opskit.core.event.Subscription;
import dev.opskit.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Superseded values that somebody may still be logging in with. */
final class Retired {
  private final Deque<Value> values = new ArrayDeque<>();
  private final Duration grace;
  private final TimeSource time;

  private record Value(SecretValue value, Subscription masking, long sinceNanos) {
    void wipe() {
      value.close();
      masking.close();
    }
  }

  Retired(Duration grace, TimeSource time) {
    this.grace = grace;
    this.time = time;
  }

  synchronized void add(SecretValue value, Subscription masking) {
    values.add(new Value(value, masking, time.nanoTime()));
  }

  synchronized void wipeDue() {
    while (!values.isEmpty() && time.nanoTime() - values.peek().sinceNanos() >= grace.toNanos()) {
      values.remove().wipe();
    }
  }

  synchronized void wipeAll() {
    values.forEach(Value::wipe);
    values.clear();
  }
}
