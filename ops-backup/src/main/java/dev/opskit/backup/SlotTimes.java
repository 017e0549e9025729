package dev.opskit.backup;

import java.time.Instant;
import java.util.Optional;

/** When something is due: a rule that every replica works out alike. Immutable. */
interface SlotTimes {
  /** The first slot after a moment; empty if there is none for years. */
  Optional<Instant> next(Instant after);

  /** The last slot that is not after a moment. */
  Optional<Instant> latest(Instant at);
}
