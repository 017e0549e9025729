package dev.opskit.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The multiples of a duration since 1970, so that replicas need not agree on a beginning. */
record EverySlots(long seconds) implements SlotTimes {
  static EverySlots of(Duration interval) {
    long seconds = interval.toSeconds();
    if (seconds < 60 || seconds > Duration.ofDays(31).toSeconds() || interval.getNano() != 0) {
      throw new IllegalArgumentException(
          "interval is " + interval + ", must be whole seconds from PT1M to 31 days");
    }
    return new EverySlots(seconds);
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long slot = Math.floorDiv(after.getEpochSecond(), seconds) + 1;
    return Optional.of(Instant.ofEpochSecond(slot * seconds));
  }

  @Override
  public Optional<Instant> latest(Instant at) {
    long slot = Math.floorDiv(at.getEpochSecond(), seconds);
    return Optional.of(Instant.ofEpochSecond(slot * seconds));
  }
}
