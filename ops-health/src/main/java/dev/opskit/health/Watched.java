package dev.opskit.health;

import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check and what was announced of it. */
final class Watched {
  static final int KEPT = 64;

  private final CheckLoop loop;
  private final Deque<HealthEvent.Transition> history = new ArrayDeque<>(KEPT);
  private HealthStatus announced = HealthStatus.UNKNOWN;
  private Instant since;

  Watched(CheckLoop loop, Instant since) {
    this.loop = loop;
    this.since = since;
  }

  CheckLoop loop() {
    return loop;
  }

  CheckSpec spec() {
    return loop.spec();
  }

  /** Null if the status is what was announced last. */
  synchronized HealthEvent.@Nullable Transition announce(HealthResult result, Instant now) {
    if (result.status() == announced) {
      return null;
    }
    HealthEvent.Transition transition =
        new HealthEvent.Transition(spec().name(), announced, result, now);
    announced = result.status();
    since = now;
    if (history.size() == KEPT) {
      history.removeFirst();
    }
    history.addLast(transition);
    return transition;
  }

  /** The oldest first. */
  synchronized List<HealthEvent.Transition> history() {
    return List.copyOf(history);
  }

  synchronized CheckReport report(HealthResult result, long nowNanos) {
    return new CheckReport(
        spec().name(),
        result,
        loop.ageAt(nowNanos),
        loop.lastDuration(),
        since,
        loop.stuckAt(),
        spec().tags());
  }
}
