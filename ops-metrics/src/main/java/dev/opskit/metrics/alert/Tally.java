package dev.opskit.metrics.alert;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of alerts. Thread-safe. */
final class Tally {
  enum Result {
    OK,
    REFUSED,
    FAILED,
    DROPPED
  }

  private final Map<Result, LongAdder> counts = new EnumMap<>(Result.class);

  Tally() {
    for (Result result : Result.values()) {
      counts.put(result, new LongAdder());
    }
  }

  void add(Result result, int alerts) {
    counts.get(result).add(alerts);
  }

  DeliveryCounts counts(int pending, int firing) {
    return new DeliveryCounts(
        sum(Result.OK),
        sum(Result.REFUSED),
        sum(Result.FAILED),
        sum(Result.DROPPED),
        pending,
        firing);
  }

  private long sum(Result result) {
    return counts.get(result).sum();
  }
}
