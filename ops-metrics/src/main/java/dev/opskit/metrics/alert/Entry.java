package dev.opskit.metrics.alert;

import dev.opskit.core.alert.Alert;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert of the book as it stands.
 *
 * @param endedAt null while it fires
 * @param revision grows with each change, over all alerts of the book
 * @param changedNanos when it changed last
 * @param former the severities that it fired with before, and when that ended
 */
record Entry(
    Alert alert,
    @Nullable Instant endedAt,
    long revision,
    long changedNanos,
    Map<Alert.Severity, Instant> former) {

  boolean fires() {
    return endedAt == null;
  }

  boolean isTheSameAs(Alert other) {
    return fires()
        && alert.severity() == other.severity()
        && alert.summary().equals(other.summary());
  }

  Entry ended(Instant at, long revision, long nanos) {
    return new Entry(alert, at, revision, nanos, former);
  }

  /** It fires on, and began when it began. */
  Entry updated(Alert newer, Instant at, long revision, long nanos) {
    Alert alert =
        new Alert(
            newer.name(),
            newer.severity(),
            newer.summary(),
            newer.labels(),
            fires() ? this.alert.startsAt() : newer.startsAt());
    Map<Alert.Severity, Instant> former = new EnumMap<>(Alert.Severity.class);
    former.putAll(this.former);
    if (this.alert.severity() != newer.severity()) {
      former.put(this.alert.severity(), fires() ? at : endedAt);
    }
    former.remove(newer.severity());
    return new Entry(alert, null, revision, nanos, Collections.unmodifiableMap(former));
  }
}
